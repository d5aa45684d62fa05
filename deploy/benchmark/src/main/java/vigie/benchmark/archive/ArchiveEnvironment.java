// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.archive;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import vigie.faults.harness.ArchiveSystems;
import vigie.faults.harness.RunningArchive;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaNode;

/**
 * One Kafka, one HDFS and one PostgreSQL, and the two who take the same topic from the one to the
 * other.
 */
final class ArchiveEnvironment implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final ArchiveSystems systems;
  private final RunningArchive archive;
  private final Tables tables;
  private final List<SinkUnderTest> sinks;

  ArchiveEnvironment(Path folder) throws IOException, ExecutionException, InterruptedException {
    systems = ArchiveSystems.startIn(folder, HdfsTopology.MINIMAL);
    Map<String, String> environment = systems.archiveEnvironment();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", systems.kafka().bootstrapServers());
    // It is frozen while results are put into Kafka, and keeps its place in its group.
    environment.put("KAFKA_SESSION_TIMEOUT_MS", "300000");
    archive = new RunningArchive(folder.resolve("archive"), environment);
    archive.process().start();
    archive.process().awaitReady();
    tables = new Tables(systems);
    tables.createLikeArchive(Sink.TABLE);
    SinkUnderTest sink =
        new SinkUnderTest(
            "Iceberg's sink",
            Sink.on(systems.kafka(), systems.hdfs(), folder.resolve("sink")),
            Sink.TABLE);
    sink.process().start();
    sink.process().awaitReady();
    sinks = List.of(new SinkUnderTest("archive-service", archive.process(), Tables.ARCHIVE), sink);
  }

  KafkaNode kafka() {
    return systems.kafka();
  }

  RunningArchive archive() {
    return archive;
  }

  Tables tables() {
    return tables;
  }

  List<SinkUnderTest> sinks() {
    return sinks;
  }

  /** Returns once the table shows so many rows. */
  void awaitRows(SinkUnderTest sink, long rows) {
    long there =
        await("%s has archived %,d results".formatted(sink.name(), rows))
            .atMost(TIMEOUT)
            .pollInterval(POLL_INTERVAL)
            .until(() -> tables.extent(sink.table()).rows(), now -> now >= rows);
    if (there > rows) {
      throw new IllegalStateException(
          "%s has archived %,d of %,d results".formatted(sink.name(), there, rows));
    }
  }

  @Override
  public void close() throws IOException {
    sinks.forEach(one -> one.process().close());
    tables.close();
    systems.close();
  }
}
