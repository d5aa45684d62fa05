// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import vigie.benchmark.RunningArchive;
import vigie.benchmark.Systems;
import vigie.stack.HdfsCluster;
import vigie.stack.HdfsForm;

/** An HDFS and, in a warehouse on it, the empty tables of archive-service. */
record ExamArchive(HdfsCluster hdfs, String warehouse) implements AutoCloseable {

  private static final Namespace EXAM = Namespace.of("exam");
  private static final TableIdentifier ANY = TableIdentifier.of(EXAM, "results");

  /** What archive-service writes of its work into a table's properties. */
  private static final String ITS_WORK = "vigie.";

  /** An HDFS of its own. */
  static ExamArchive startIn(Path folder) {
    Systems systems = Systems.startIn(folder, HdfsForm.MINIMAL);
    makeTables(folder, systems);
    systems.kafka().kill();
    return new ExamArchive(systems.hdfs(), systems.warehouse());
  }

  /** A warehouse of its own, on systems that other tests use, too. */
  static ExamArchive on(Systems systems, Path folder) {
    String own = systems.hdfs().url() + "/vigie/figures-only";
    try (HadoopCatalog made = new HadoopCatalog(new Configuration(), systems.warehouse());
        HadoopCatalog copies = new HadoopCatalog(new Configuration(), own)) {
      if (!made.tableExists(ANY)) {
        makeTables(folder, systems);
      }
      made.listTables(EXAM).forEach(name -> copy(made.loadTable(name), name, copies));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ExamArchive(systems.hdfs(), own);
  }

  /** By archive-service itself, so that they are what they really are. */
  private static void makeTables(Path folder, Systems systems) {
    RunningArchive archive =
        new RunningArchive(
            folder.resolve("archive"),
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                systems.kafka().bootstrapServers(),
                "VIGIE_ARCHIVE_WAREHOUSE",
                systems.warehouse(),
                "VIGIE_ARCHIVE_REPLICATION",
                "1"));
    archive.process().start();
    archive.process().awaitReady();
    archive.process().kill();
  }

  /** The same columns, days, order and settings, and no rows. */
  private static void copy(Table table, TableIdentifier name, HadoopCatalog copies) {
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
  }
}
