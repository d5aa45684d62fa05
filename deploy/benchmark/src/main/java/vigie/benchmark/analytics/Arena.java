// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import vigie.benchmark.RunningArchive;
import vigie.stack.HdfsCluster;
import vigie.stack.KafkaNode;
import vigie.stack.PostgresServer;

/** An HDFS with the tables of archive-service, a PostgreSQL, and analytics-job between them. */
final class Arena implements AutoCloseable {

  private final HdfsCluster hdfs;
  private final PostgresServer postgres;
  private final Tables tables;
  private final Driver driver;

  Arena(Path folder, long seed, Duration interval) {
    hdfs = HdfsCluster.startIn(folder.resolve("hdfs"));
    makeTables(folder);
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
    tables = new Tables(hdfs, new Sitting(seed));
    driver = new Driver(folder.resolve("analytics"), hdfs, postgres, interval);
  }

  Tables tables() {
    return tables;
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
    tables.close();
    postgres.close();
    hdfs.close();
  }
}
