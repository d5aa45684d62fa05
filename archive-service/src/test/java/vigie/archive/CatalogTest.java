// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.EventTable;
import vigie.stack.postgres.CatalogDatabase;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.CatalogAddress;
import vigie.warehouse.CatalogEntry;
import vigie.warehouse.CatalogEntry.Leaf;

/** Tables that come from a HadoopCatalog, go back to one, or whose catalog was lost. */
@ExtendWith(SharedCatalog.class)
class CatalogTest {

  private static final ArchiveTable TABLE = EventTable.RESULTS;

  @TempDir private Path folder;
  private CatalogDatabase database;
  private TestConfig config;
  private Warehouse warehouse;
  private ArchiveCatalog catalog;

  @BeforeEach
  void open(CatalogDatabase emptied) {
    database = emptied;
    config = new TestConfig(folder.toUri(), database, Duration.ofSeconds(1));
    warehouse = new Warehouse(config);
    catalog =
        ArchiveCatalog.open(
            new Configuration(),
            folder.toUri(),
            new CatalogAddress(database.url(), database.user(), database.password()));
  }

  @AfterEach
  void close() {
    catalog.close();
    warehouse.close();
  }

  @Test
  void aTableOfAHadoopCatalogGoesOnWithItsRowsAndOldWritersStop() throws Exception {
    Table old = madeByAHadoopCatalog();
    IOException unregistered =
        assertThrows(IOException.class, () -> catalog.find(TABLE.identifier()));
    assertTrue(unregistered.getMessage().contains("archive-service registers it"));

    Commit late = Writing.commit(old, 0, 10, 20);
    Table table = warehouse.open(TABLE);
    assertArchived(10);
    assertThrows(RuntimeException.class, late::publish);
    RuntimeException stopped =
        assertThrows(RuntimeException.class, () -> hadoop().loadTable(TABLE.identifier()));
    assertTrue(stopped.getMessage().contains("v4.metadata.json"), stopped.getMessage());

    Writing.commit(table, 0, 10, 20).publish();
    assertArchived(20);
    assertTrue(location().contains("/00005-"), "the versions are counted on: " + location());
  }

  /** Killed between the fence and the row. */
  @Test
  void aRegistrationThatWasCutOffIsCompleted() throws Exception {
    Table old = madeByAHadoopCatalog();
    // All that a start would change besides is as it should be.
    old.updateProperties().set(TableProperties.METADATA_COMPRESSION, "gzip").commit();
    warehouse.open(TABLE);
    loseRows();
    assertThrows(RuntimeException.class, () -> Writing.commit(old, 0, 10, 20).publish());
    warehouse.open(TABLE);
    assertArchived(10);
  }

  @Test
  void aDamagedVersionIsNoFence() throws Exception {
    Object unused = madeByAHadoopCatalog();
    Files.writeString(metadata().resolve("v3.metadata.json"), "{");
    assertThrows(Exception.class, () -> warehouse.open(TABLE));
    assertEquals(Optional.empty(), catalog.entry(TABLE.identifier()).location());
  }

  @Test
  void aTableWithoutItsRowIsNoNewTable() throws Exception {
    Table table = warehouse.open(TABLE);
    Writing.commit(table, 0, 0, 10).publish();
    loseRows();

    for (int open = 0; open < 2; open++) {
      IOException lost = assertThrows(IOException.class, () -> warehouse.open(TABLE));
      assertTrue(lost.getMessage().contains("deploy/restore catalog"), lost.getMessage());
    }
    assertThrows(RuntimeException.class, () -> Writing.commit(table, 0, 10, 20).publish());

    CatalogEntry entry = catalog.entry(TABLE.identifier());
    List<Leaf> leaves = entry.leaves();
    assertEquals(1, leaves.size(), leaves::toString);
    assertTrue(entry.pointTo(leaves.get(0).file(), Optional.empty()));
    Table restored = warehouse.open(TABLE);
    assertArchived(10);
    Writing.commit(restored, 0, 10, 20).publish();
    assertArchived(20);
  }

  /** Killed between its first metadata and the row. */
  @Test
  void aTableThatWasNeverMadeToItsEndIsMade() throws Exception {
    warehouse.open(TABLE);
    loseRows();
    Writing.commit(warehouse.open(TABLE), 0, 0, 10).publish();
    assertArchived(10);
  }

  @Test
  void aPointerOfAnOldBackupIsNotBelievedAndTwoBranchesAreBothNamed() throws Exception {
    Table table = warehouse.open(TABLE);
    Writing.commit(table, 0, 0, 10).publish();
    String backup = location();
    assertTrue(backup.contains("/00001-"), backup);
    for (long next = 10; next < 15; next++) {
      Writing.commit(table, 0, next, next + 1).publish();
    }
    String newest = location();
    CatalogEntry entry = catalog.entry(TABLE.identifier());
    assertTrue(entry.pointTo(backup, Optional.of(newest)));
    assertEquals(List.of(name(newest)), names(entry.leaves()));

    Table branch = warehouse.open(TABLE);
    Writing.commit(branch, 0, 10, 11).publish();
    assertEquals(List.of(name(newest)), names(entry.leaves()), "one commit may be an attempt");
    Writing.commit(branch, 0, 11, 12).publish();
    assertEquals(List.of(name(newest), name(location())), names(entry.leaves()));
    assertEquals(List.of(7, 2), entry.leaves().stream().map(Leaf::commits).toList());
  }

  @Test
  void anExportGoesBackToAHadoopCatalogWithAllRowsAndCanBeRegisteredAgain() throws Exception {
    Object unused = madeByAHadoopCatalog();
    Writing.commit(warehouse.open(TABLE), 0, 10, 20).publish();
    catalog.entry(TABLE.identifier()).export();

    Table old = hadoop().loadTable(TABLE.identifier());
    Rows.assertExactlyOnce(old, Map.of(0, 20L), "exported");
    Writing.commit(old, 0, 20, 30).publish();
    Rows.assertExactlyOnce(hadoop().loadTable(TABLE.identifier()), Map.of(0, 30L), "gone on");

    Writing.commit(warehouse.open(TABLE), 0, 30, 40).publish();
    assertArchived(40);
    assertThrows(RuntimeException.class, () -> hadoop().loadTable(TABLE.identifier()));
  }

  /** v1 creates it, v2 and v3 commit. */
  private Table madeByAHadoopCatalog() throws Exception {
    Table old =
        hadoop()
            .buildTable(TABLE.identifier(), TABLE.columns())
            .withPartitionSpec(TABLE.partitioning())
            .withSortOrder(TABLE.sorting())
            .withProperty("write.parquet.stats-enabled.column.id", "false")
            .create();
    Writing.commit(old, 0, 0, 5).publish();
    Writing.commit(old, 0, 5, 10).publish();
    return old;
  }

  private HadoopCatalog hadoop() {
    return new HadoopCatalog(new Configuration(), folder.toUri().toString());
  }

  /** As when the catalog's database is lost. */
  private void loseRows() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM iceberg_tables");
    }
  }

  private String location() {
    return Writing.metadataFile(Rows.load(config, TABLE));
  }

  private static List<String> names(List<Leaf> leaves) {
    return leaves.stream().map(Leaf::file).map(CatalogTest::name).toList();
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private Path metadata() {
    return Path.of(URI.create(folder.toUri() + "exam/results/metadata"));
  }

  private void assertArchived(long end) {
    Rows.assertExactlyOnce(Rows.load(config, TABLE), Map.of(0, end), "table");
  }
}
