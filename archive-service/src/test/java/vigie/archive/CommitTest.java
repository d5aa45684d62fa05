// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.OffsetLedger.Advance;
import vigie.events.UndecodableEventException;
import vigie.warehouse.CautiousCatalog;
import vigie.warehouse.CommitDeadline;

/** Commits on a local file system: the same Iceberg code as on HDFS, without the waiting. */
class CommitTest {

  private static final ArchiveTable TABLE = EventTable.RESULTS;

  @TempDir Path folder;
  private URI warehouse;
  private Table table;

  @BeforeEach
  void createTable() throws Exception {
    warehouse = folder.toUri();
    table = new Warehouse(config(warehouse)).open(TABLE);
  }

  @Test
  void aZombieCannotPublish() throws Exception {
    commit(table, 0, 0, 10).publish();
    Table zombie = Rows.load(warehouse, TABLE);
    commit(table, 0, 10, 20).publish();

    ValidationException refused =
        assertThrows(ValidationException.class, () -> commit(zombie, 0, 10, 15).publish());
    assertTrue(
        refused.getMessage().contains("partition 0 is archived up to 20, these files begin at 10"),
        refused.getMessage());
    assertArchived(Map.of(0, 20L));
  }

  @Test
  void aCommitIsCheckedAgainstTheVeryMetadataThatItReplaces() throws Exception {
    Commit slow = commit(Rows.load(warehouse, TABLE), 0, 0, 10);
    commit(table, 0, 0, 7).publish();

    assertThrows(ValidationException.class, slow::publish);
    assertArchived(Map.of(0, 7L));
  }

  @Test
  void aCommitThatSkipsOffsetsIsRefused() throws Exception {
    commit(table, 0, 0, 10).publish();
    assertThrows(ValidationException.class, () -> commit(table, 0, 12, 20));
    assertArchived(Map.of(0, 10L));
  }

  @Test
  void aWriterOfAnotherPartitionIsNotInTheWay() throws Exception {
    Commit slow = commit(Rows.load(warehouse, TABLE), 1, 0, 10);
    commit(table, 0, 0, 7).publish();
    slow.publish();

    assertArchived(Map.of(0, 7L, 1, 10L));
  }

  @Test
  void offsetsSurviveCompactionAndExpiry() throws Exception {
    commit(table, 0, 0, 10).publish();
    commit(table, 0, 10, 20).publish();
    Maintenance.compact(Rows.load(warehouse, TABLE), TABLE);
    Maintenance.expireAllButTheLastSnapshot(Rows.load(warehouse, TABLE));
    assertEquals(1, Rows.load(warehouse, TABLE).history().size());

    Table zombie = Rows.load(warehouse, TABLE);
    assertThrows(ValidationException.class, () -> commit(zombie, 0, 10, 20));
    commit(Rows.load(warehouse, TABLE), 0, 20, 30).publish();
    assertArchived(Map.of(0, 30L));
  }

  @Test
  void aCompactionInBetweenIsNotInTheWay() throws Exception {
    commit(table, 0, 0, 10).publish();
    commit(table, 0, 10, 20).publish();
    Commit slow = commit(Rows.load(warehouse, TABLE), 0, 20, 30);
    Maintenance.compact(Rows.load(warehouse, TABLE), TABLE);
    slow.publish();

    assertArchived(Map.of(0, 30L));
  }

  @Test
  void anAnswerLostAfterTheRenameLeavesAReadableTableThatHoldsTheRowsOnce() throws Exception {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", LossyFileSystem.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    Table lossy = new CautiousCatalog(hadoop, warehouse).loadTable(TABLE.identifier());
    Commit commit = commit(lossy, 0, 0, 10);

    LossyFileSystem.loseTheNextAnswer();
    assertThrows(CommitStateUnknownException.class, commit::publish);

    assertArchived(Map.of(0, 10L));
    assertThrows(ValidationException.class, () -> commit(table, 0, 0, 10));
    commit(table, 0, 10, 20).publish();
    assertArchived(Map.of(0, 20L));
  }

  @Test
  void whoeverAsksForAnIdFindsTheEvent() throws Exception {
    commit(table, 0, 0, 10).publish();
    commit(table, 0, 10, 20).publish();
    List<Record> rows = Rows.of(Rows.load(warehouse, TABLE));
    assertEquals(20, rows.size());
    for (Record row : rows) {
      assertEquals(List.of(row), Rows.where(table, Expressions.equal("id", row.getField("id"))));
    }
  }

  /** The writer was frozen for longer than an hour, and the table has not moved meanwhile. */
  @Test
  void filesThatOrphanRemovalMayHaveTakenAreNotPublished() throws Exception {
    commit(table, 0, 0, 10).publish();
    CompletedFiles old =
        new CompletedFiles(List.of(), Instant.now().minus(CommitDeadline.AFTER_CREATION));

    ValidationException refused =
        assertThrows(
            ValidationException.class,
            () -> new Commit(table, old, Map.of(0, new Advance(OptionalLong.of(10), 20))));
    assertTrue(refused.getMessage().contains("gone as orphans"), refused.getMessage());
    assertArchived(Map.of(0, 10L));
  }

  private void assertArchived(Map<Integer, Long> ends) {
    Rows.assertExactlyOnce(Rows.load(warehouse, TABLE), ends, "table");
  }

  /** Files with the offsets [from, to), where zero stands for "nothing archived yet". */
  private static Commit commit(Table table, int partition, long from, long to)
      throws UndecodableEventException {
    TableWriter writer = new TableWriter(table, TABLE);
    for (long offset = from; offset < to; offset++) {
      writer.write(Events.record(partition, offset));
    }
    OptionalLong begin = from == 0 ? OptionalLong.empty() : OptionalLong.of(from);
    return new Commit(table, writer.complete(), Map.of(partition, new Advance(begin, to)));
  }

  private static ArchiveConfig config(URI warehouse) {
    return new TestConfig(warehouse, Duration.ofMillis(200));
  }
}
