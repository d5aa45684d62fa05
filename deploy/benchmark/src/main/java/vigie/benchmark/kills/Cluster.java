// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.kills;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vigie.benchmark.RunningArchive;
import vigie.stack.HdfsCluster;
import vigie.stack.KafkaNode;
import vigie.stack.Part;

/** The real processes: Kafka, HDFS and three archive-services that share its partitions. */
final class Cluster implements AutoCloseable {

  private final KafkaNode kafka;
  private final HdfsCluster hdfs;
  private final List<RunningArchive> writers;

  Cluster(Path folder) {
    kafka = KafkaNode.startIn(folder.resolve("kafka"));
    hdfs = HdfsCluster.startIn(folder.resolve("hdfs"));
    writers =
        Stream.of("one", "two", "three")
            .map(name -> new RunningArchive(folder.resolve(name), environment()))
            .toList();
    writers.forEach(writer -> writer.process().start());
    awaitWhole();
  }

  KafkaNode kafka() {
    return kafka;
  }

  HdfsCluster hdfs() {
    return hdfs;
  }

  List<RunningArchive> writers() {
    return writers;
  }

  URI warehouse() {
    return URI.create(hdfs.url() + "/vigie/warehouse");
  }

  /** Returns once every process does all of its work. */
  void awaitWhole() {
    kafka.awaitReady();
    hdfs.awaitReady();
    writers.forEach(writer -> writer.process().awaitReady());
  }

  /**
   * Shorter times than an exam's, so that a run holds many commits and soon ends; the code is the
   * same. The quick compiler alone: writers start often here.
   */
  private Map<String, String> environment() {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        kafka.bootstrapServers(),
        "KAFKA_SESSION_TIMEOUT_MS",
        "3000",
        "KAFKA_HEARTBEAT_INTERVAL_MS",
        "500",
        "VIGIE_ARCHIVE_WAREHOUSE",
        warehouse().toString(),
        "VIGIE_ARCHIVE_REPLICATION",
        "1",
        "VIGIE_ARCHIVE_COMMIT_INTERVAL",
        "1s",
        "VIGIE_ARCHIVE_RETRY_DELAY",
        "300ms",
        "JAVA_TOOL_OPTIONS",
        "-XX:TieredStopAtLevel=1");
  }

  @Override
  public void close() {
    writers.stream().map(RunningArchive::process).forEach(Part::kill);
    hdfs.close();
    kafka.close();
  }
}
