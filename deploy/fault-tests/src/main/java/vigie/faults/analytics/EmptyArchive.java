// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import vigie.faults.harness.ArchiveSystems;
import vigie.faults.harness.RunningArchive;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.postgres.PostgresServer;
import vigie.warehouse.ArchiveCatalog;

/**
 * An HDFS and, in a warehouse on it, the empty tables of archive-service.
 *
 * @param postgres has their catalog and nothing else
 */
public record EmptyArchive(HdfsCluster hdfs, String warehouse, PostgresServer postgres)
    implements AutoCloseable {

  private static final Namespace EXAM = Namespace.of("exam");
  private static final TableIdentifier ANY = TableIdentifier.of(EXAM, "results");

  /** What archive-service writes of its work into a table's properties. */
  private static final String ITS_WORK = "vigie.";

  /** An HDFS of its own. */
  public static EmptyArchive startIn(Path folder) {
    ArchiveSystems systems = ArchiveSystems.startIn(folder, HdfsTopology.MINIMAL);
    makeTables(folder, systems);
    systems.kafka().kill();
    return new EmptyArchive(systems.hdfs(), systems.warehouse(), systems.postgres());
  }

  /** A warehouse and a catalog of its own, on systems that other tests use, too. */
  static EmptyArchive on(ArchiveSystems systems, Path folder) {
    String own = systems.hdfs().url() + "/vigie/figures-only";
    PostgresServer postgres = PostgresServer.startIn(folder.resolve("catalog"));
    EmptyArchive archive = new EmptyArchive(systems.hdfs(), own, postgres);
    try (ArchiveCatalog made = systems.catalog();
        ArchiveCatalog copies = archive.catalog()) {
      if (!made.tableExists(ANY)) {
        makeTables(folder, systems);
      }
      made.listTables(EXAM).forEach(name -> copy(made.loadTable(name), name, copies));
    }
    return archive;
  }

  ArchiveCatalog catalog() {
    return ArchiveSystems.catalog(hdfs, warehouse, postgres);
  }

  /** By archive-service itself, so that they are what they really are. */
  private static void makeTables(Path folder, ArchiveSystems systems) {
    Map<String, String> environment = systems.archiveEnvironment();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", systems.kafka().bootstrapServers());
    RunningArchive archive = new RunningArchive(folder.resolve("archive"), environment);
    archive.process().start();
    archive.process().awaitReady();
    archive.process().kill();
  }

  /** The same columns, days, order and settings, and no rows. */
  private static void copy(Table table, TableIdentifier name, ArchiveCatalog copies) {
    Map<String, String> settings = new HashMap<>(table.properties());
    settings.keySet().removeIf(key -> key.startsWith(ITS_WORK));
    copies
        .buildTable(name, table.schema())
        .withPartitionSpec(table.spec())
        .withSortOrder(table.sortOrder())
        .withProperties(settings)
        .create();
  }

  /** Kills HDFS: not for systems that other tests use, too. */
  @Override
  public void close() {
    hdfs.kill();
    postgres.kill();
  }
}
