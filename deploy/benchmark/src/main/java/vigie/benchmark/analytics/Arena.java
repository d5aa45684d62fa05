// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vigie.benchmark.RunningArchive;
import vigie.stack.HdfsCluster;
import vigie.stack.KafkaNode;
import vigie.stack.Part;
import vigie.stack.PostgresServer;
import vigie.stack.SparkCluster;

/** An HDFS with the tables of archive-service, a PostgreSQL, and analytics-job between them. */
final class Arena implements AutoCloseable {

  private final Optional<SparkCluster> spark;
  private final HdfsCluster hdfs;
  private final PostgresServer postgres;
  private final Tables tables;
  private final Driver driver;

  /**
   * Without workers: the driver does the work itself.
   *
   * @param own settings of analytics-job
   */
  Arena(Path folder, long seed, Map<String, String> own) {
    this(folder, seed, own, Optional.empty());
  }

  private Arena(Path folder, long seed, Map<String, String> own, Optional<SparkCluster> spark) {
    this.spark = spark;
    hdfs = HdfsCluster.startIn(folder.resolve("hdfs"));
    makeTables(folder);
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
    tables = new Tables(hdfs, new Sitting(seed));
    Map<String, String> settings = new HashMap<>(own);
    spark.ifPresent(cluster -> settings.putAll(cluster.environment()));
    driver = new Driver(folder.resolve("analytics"), hdfs, postgres, settings);
  }

  /** With a Spark cluster of so many workers. */
  static Arena withWorkers(int workers, Path folder, long seed, Map<String, String> own) {
    SparkCluster spark = SparkCluster.startIn(folder.resolve("spark"), workers);
    return new Arena(folder, seed, own, Optional.of(spark));
  }

  Tables tables() {
    return tables;
  }

  PostgresServer postgres() {
    return postgres;
  }

  List<Part> workers() {
    return spark.map(SparkCluster::workers).orElse(List.of());
  }

  /** Not started yet. */
  Driver driver() {
    return driver;
  }

  /** By archive-service itself, so that they are what they really are. */
  private void makeTables(Path folder) {
    KafkaNode kafka = KafkaNode.startIn(folder.resolve("kafka"));
    try (kafka) {
      RunningArchive archive =
          new RunningArchive(
              folder.resolve("archive"),
              Map.of(
                  "KAFKA_BOOTSTRAP_SERVERS",
                  kafka.bootstrapServers(),
                  "VIGIE_ARCHIVE_WAREHOUSE",
                  hdfs.url() + "/vigie/warehouse",
                  "VIGIE_ARCHIVE_REPLICATION",
                  "1"));
      archive.process().start();
      archive.process().awaitReady();
      archive.process().close();
    }
  }

  @Override
  public void close() throws IOException {
    driver.close();
    spark.ifPresent(SparkCluster::close);
    tables.close();
    postgres.close();
    hdfs.close();
  }
}
