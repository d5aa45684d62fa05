// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.process.ManagedProcess;
import vigie.stack.spark.SparkCluster;

/** The tables of archive-service, a PostgreSQL, and analytics-job between them. */
public final class AnalyticsEnvironment implements AutoCloseable {

  private final Optional<SparkCluster> spark;
  private final PostgresServer postgres;
  private final ArchiveTables tables;
  private final AnalyticsProcess driver;

  /**
   * Without workers: the driver does the work itself.
   *
   * @param archive stays up when this is closed
   * @param own settings of analytics-job
   */
  public AnalyticsEnvironment(
      EmptyArchive archive, Path folder, long seed, Map<String, String> own) {
    this(archive, folder, seed, own, Optional.empty());
  }

  private AnalyticsEnvironment(
      EmptyArchive archive,
      Path folder,
      long seed,
      Map<String, String> own,
      Optional<SparkCluster> spark) {
    this.spark = spark;
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
    tables = new ArchiveTables(archive, new ExamDataset(seed));
    Map<String, String> settings = new HashMap<>(own);
    spark.ifPresent(cluster -> settings.putAll(cluster.environment()));
    driver = new AnalyticsProcess(folder.resolve("analytics"), archive, postgres, settings);
  }

  /** With a Spark cluster of so many workers. */
  static AnalyticsEnvironment withWorkers(
      int workers, EmptyArchive archive, Path folder, long seed, Map<String, String> own) {
    SparkCluster spark = SparkCluster.startIn(folder.resolve("spark"), workers);
    return new AnalyticsEnvironment(archive, folder, seed, own, Optional.of(spark));
  }

  public ArchiveTables tables() {
    return tables;
  }

  PostgresServer postgres() {
    return postgres;
  }

  List<ManagedProcess> workers() {
    return spark.map(SparkCluster::workers).orElse(List.of());
  }

  /** Not started yet. */
  public AnalyticsProcess driver() {
    return driver;
  }

  /** Kills all: what they hold is not needed again. */
  @Override
  public void close() throws IOException {
    driver.process().kill();
    spark.ifPresent(SparkCluster::kill);
    tables.close();
    postgres.kill();
  }
}
