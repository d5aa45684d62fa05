// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import vigie.faults.harness.ArchiveSystems;
import vigie.faults.harness.RunningArchive;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;
import vigie.warehouse.ArchiveCatalog;

/** The real processes: Kafka, HDFS, PostgreSQL and archive-services that share partitions. */
final class Cluster implements AutoCloseable {

  private static final TableIdentifier RESULTS = TableIdentifier.of("exam", "results");
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final ArchiveSystems systems;
  private final List<RunningArchive> writers;
  private final Path folder;

  /**
   * @param systems stay up when this cluster is closed
   */
  Cluster(Path folder, ArchiveSystems systems, int writing) {
    this.folder = folder;
    this.systems = systems;
    writers =
        IntStream.rangeClosed(1, writing)
            .mapToObj(
                number -> new RunningArchive(folder.resolve("writer-" + number), environment()))
            .toList();
    writers.forEach(writer -> writer.process().start());
    awaitWhole();
  }

  KafkaNode kafka() {
    return systems.kafka();
  }

  HdfsCluster hdfs() {
    return systems.hdfs();
  }

  List<RunningArchive> writers() {
    return writers;
  }

  PostgresServer postgres() {
    return systems.postgres();
  }

  ArchiveCatalog catalog() {
    return systems.catalog();
  }

  URI warehouse() {
    return URI.create(systems.warehouse());
  }

  /** Returns once every process does all of its work. */
  void awaitWhole() {
    kafka().awaitReady();
    hdfs().awaitReady();
    postgres().awaitReady();
    writers.forEach(writer -> writer.process().awaitReady());
  }

  /** Sets how many metadata files of the results stay beside the newest. */
  void keepMetadata(int files) {
    try (ArchiveCatalog catalog = catalog()) {
      catalog
          .loadTable(RESULTS)
          .updateProperties()
          .set(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, Integer.toString(files))
          .commit();
    }
  }

  /** Returns once the results have been committed to so often from now on. */
  void awaitNewMetadata(int commits) {
    try (ArchiveCatalog catalog = catalog()) {
      BaseTable results = (BaseTable) catalog.loadTable(RESULTS);
      long since = results.operations().current().lastSequenceNumber();
      await()
          .atMost(TIMEOUT)
          .pollInterval(ArchiveVerifier.POLL_INTERVAL)
          .until(() -> results.operations().refresh().lastSequenceNumber() >= since + commits);
    }
  }

  /**
   * Shorter times than an exam's, so that a run holds many commits and soon ends; the code is the
   * same. The quick compiler alone: writers start often here.
   */
  private Map<String, String> environment() {
    Map<String, String> environment = systems.archiveEnvironment();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka().bootstrapServers());
    environment.put("KAFKA_SESSION_TIMEOUT_MS", "3000");
    environment.put("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
    environment.put("VIGIE_ARCHIVE_COMMIT_INTERVAL", "1s");
    environment.put("VIGIE_ARCHIVE_RETRY_DELAY", "300ms");
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    return environment;
  }

  /**
   * One round of maintenance, by a process of its own, which forgets every snapshot but the last.
   * What it would publish it never gets to: there are no figures here.
   */
  ChildProcess maintenance() {
    Map<String, String> environment = new HashMap<>(hdfs().environment());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("VIGIE_ANALYTICS_WAREHOUSE", warehouse().toString());
    environment.putAll(systems.postgres().catalog().environment("VIGIE_ANALYTICS_CATALOG"));
    environment.put("VIGIE_ANALYTICS_CHECKPOINT", hdfs().url() + "/vigie/no-checkpoint");
    environment.put("VIGIE_ANALYTICS_JDBC_URL", "jdbc:postgresql://none");
    environment.put("VIGIE_ANALYTICS_DB_PASSWORD", "none");
    environment.put("VIGIE_ANALYTICS_REPLICATION", Integer.toString(hdfs().dataNodes()));
    environment.put("VIGIE_ANALYTICS_MAINTENANCE_SNAPSHOT_AGE", "1ms");
    return ServiceProcess.job(
            Path.of("analytics-job"),
            "vigie.analytics.AnalyticsJob",
            "1g",
            new StackFolder(folder),
            environment,
            List.of("maintain"),
            () -> true)
        .process();
  }

  @Override
  public void close() {
    writers.stream().map(RunningArchive::process).forEach(ManagedProcess::kill);
  }
}
