// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.EventTable;
import vigie.stack.postgres.CatalogDatabase;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.CommitDeadline;
import vigie.warehouse.FormerLog;
import vigie.warehouse.PropertiesUpdate;

/** Commits on a local file system: the same code as on HDFS, without the waiting. */
@ExtendWith(SharedCatalog.class)
class CommitTest {

  private static final ArchiveTable TABLE = EventTable.RESULTS;

  @TempDir Path folder;
  private TestConfig config;
  private Warehouse warehouse;
  private Table table;

  @BeforeEach
  void createTable(CatalogDatabase database) throws Exception {
    config = new TestConfig(folder.toUri(), database, Duration.ofMillis(200));
    warehouse = new Warehouse(config);
    table = warehouse.open(TABLE);
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  @Test
  void aZombieCannotPublish() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    Table zombie = warehouse.open(TABLE);
    Writing.commit(table, 0, 10, 20).publish();

    ValidationException refused =
        assertThrows(ValidationException.class, () -> Writing.commit(zombie, 0, 10, 15).publish());
    assertTrue(
        refused
            .getMessage()
            .contains(
                "partition 0 is archived up to 20 of log 0, these files begin at 10 of log 0"),
        refused.getMessage());
    assertArchived(Map.of(0, 20L));
  }

  @Test
  void aCommitIsCheckedAgainstTheVeryMetadataThatItReplaces() throws Exception {
    Commit slow = Writing.commit(warehouse.open(TABLE), 0, 0, 10);
    Writing.commit(table, 0, 0, 7).publish();

    assertThrows(ValidationException.class, slow::publish);
    assertArchived(Map.of(0, 7L));
  }

  @Test
  void aCommitThatSkipsOffsetsIsRefused() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    assertThrows(ValidationException.class, () -> Writing.commit(table, 0, 12, 20));
    assertArchived(Map.of(0, 10L));
  }

  @Test
  void aWriterOfAnotherPartitionIsNotInTheWay() throws Exception {
    Commit slow = Writing.commit(warehouse.open(TABLE), 1, 0, 10);
    Writing.commit(table, 0, 0, 7).publish();
    slow.publish();

    assertArchived(Map.of(0, 7L, 1, 10L));
  }

  @Test
  void offsetsSurviveCompactionAndExpiry() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    Writing.commit(table, 0, 10, 20).publish();
    Maintenance.compact(warehouse.open(TABLE), TABLE);
    Maintenance.expireAllButTheLastSnapshot(warehouse.open(TABLE));
    assertEquals(1, warehouse.open(TABLE).history().size());

    Table zombie = warehouse.open(TABLE);
    assertThrows(ValidationException.class, () -> Writing.commit(zombie, 0, 10, 20));
    Writing.commit(warehouse.open(TABLE), 0, 20, 30).publish();
    assertArchived(Map.of(0, 30L));
  }

  @Test
  void aCompactionInBetweenIsNotInTheWay() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    Writing.commit(table, 0, 10, 20).publish();
    Commit slow = Writing.commit(warehouse.open(TABLE), 0, 20, 30);
    Maintenance.compact(warehouse.open(TABLE), TABLE);
    slow.publish();

    assertArchived(Map.of(0, 30L));
  }

  @Test
  void whoeverAsksForAnIdFindsTheEvent() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    Writing.commit(table, 0, 10, 20).publish();
    List<Record> rows = Rows.of(Rows.load(config, TABLE));
    assertEquals(20, rows.size());
    for (Record row : rows) {
      assertEquals(List.of(row), Rows.where(table, Expressions.equal("id", row.getField("id"))));
    }
  }

  /** The writer was frozen for longer than an hour, and the table has not moved meanwhile. */
  @Test
  void filesThatOrphanRemovalMayHaveTakenAreNotPublished() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    CompletedFiles old =
        new CompletedFiles(List.of(), Instant.now().minus(CommitDeadline.AFTER_CREATION));

    ValidationException refused =
        assertThrows(
            ValidationException.class,
            () -> new Commit(table, old, Optional.empty(), Map.of(0, Writing.step(10, 20))));
    assertTrue(refused.getMessage().contains("gone as orphans"), refused.getMessage());
    assertArchived(Map.of(0, 10L));
  }

  /** An hour without a file, then a step over an accepted gap, or over a dead letter alone. */
  @Test
  void aStepWithoutFilesIsNeverTooLate() {
    TableWriter idle = new TableWriter(table, TABLE);
    Instant made = Instant.now();
    await().until(() -> Instant.now().isAfter(made));
    CompletedFiles none = idle.complete();
    assertTrue(none.begun().isAfter(made), none.toString());
  }

  @Test
  void filesOfAnotherTopicAreNotPublished() throws Exception {
    set(ArchivedOffsets.TOPIC_ID, "first");
    Writing.commit(table, 0, 0, 10).publish();
    Commit slow = Writing.commit(warehouse.open(TABLE), 0, 10, 20);
    PropertiesUpdate.commit(table, properties -> FormerLog.acceptTopic(properties, "second"));
    ValidationException refused = assertThrows(ValidationException.class, slow::publish);
    assertTrue(
        refused.getMessage().contains("archives the topic of id second, these files are of first"),
        refused.getMessage());
  }

  @Test
  void filesOfALogThatWasGivenUpAreNotPublished() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    Commit slow = Writing.commit(warehouse.open(TABLE), 0, 10, 20);
    PropertiesUpdate.commit(table, properties -> FormerLog.acceptLog(properties, 0, 10));
    ValidationException refused = assertThrows(ValidationException.class, slow::publish);
    assertTrue(
        refused.getMessage().contains("10 of log 1, these files begin at 10 of log 0"),
        refused.getMessage());
  }

  private void set(String property, String value) {
    table.updateProperties().set(property, value).commit();
  }

  private void assertArchived(Map<Integer, Long> ends) {
    Rows.assertExactlyOnce(Rows.load(config, TABLE), ends, "table");
  }
}
