// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.EventTable;
import vigie.events.ExerciseResult;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.postgres.PostgresServer;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.FormerLog;

/** Logs that are not the ones that were archived: stopped or exact, never silently wrong. */
class AnotherLogIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static KafkaNode kafka;
  private static PostgresServer postgres;

  private final TestConfig config =
      new TestConfig(
          folder.resolve("warehouse").toUri(), postgres.catalog(), Duration.ofMillis(300));

  @BeforeAll
  static void start() {
    kafka = KafkaNode.startIn(folder.resolve("kafka"));
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
  }

  @AfterAll
  static void stop() {
    kafka.kill();
    postgres.kill();
  }

  /** By the time of the start it has more records than the topic before. */
  @Test
  void aTopicThatWasCreatedAgainWhileNothingRanStopsUntilItIsAccepted() throws Exception {
    EventTable<ExerciseResult> source = newTable("again-stopped", 1);
    send(source, 0, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L));
    }
    kafka.createTopicAgain(source.topic(), 1);
    send(source, 0, 0, 15);
    try (RunningLoop running = run(source)) {
      anotherTopicIsArchivedOnceItIsAccepted(source, running);
    }
  }

  @Test
  void aTopicThatIsCreatedAgainUnderARunningArchiverStopsUntilItIsAccepted() throws Exception {
    EventTable<ExerciseResult> source = newTable("again-running", 1);
    send(source, 0, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L));
      kafka.createTopicAgain(source.topic(), 1);
      send(source, 0, 0, 15);
      anotherTopicIsArchivedOnceItIsAccepted(source, running);
    }
  }

  private void anotherTopicIsArchivedOnceItIsAccepted(
      EventTable<ExerciseResult> source, RunningLoop running) throws Exception {
    running.awaitComplaint("deploy/audit accept-topic " + source.name() + " begins with it");
    assertEquals(Map.of(0, range(0, 10)), offsets(source));
    String id = topicId(source);
    running.accept(properties -> FormerLog.acceptTopic(properties, id));
    running.awaitArchived(Map.of(0, 15L));
    await().atMost(SOON).until(() -> running.loop().health().complaint().isEmpty());
    assertEquals(Map.of(0, range(0, 10), 1, range(0, 15)), offsets(source));
  }

  /** The others have no reason to wait: what they have is archived within half a minute. */
  @Test
  void aPartitionWhoseFirstRecordsAreGoneStopsAndTheOthersGoOn() throws Exception {
    EventTable<ExerciseResult> source = newTable("added", 1);
    send(source, 0, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L));
    }
    try (Admin admin = kafka.admin()) {
      admin.createPartitions(Map.of(source.topic(), NewPartitions.increaseTo(2))).all().get();
      send(source, 0, 10, 20);
      send(source, 1, 0, 20);
      TopicPartition added = new TopicPartition(source.topic(), 1);
      admin.deleteRecords(Map.of(added, RecordsToDelete.beforeOffset(15))).all().get();
    }
    try (RunningLoop running = run(source)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> running.nextOffset(0) == 20);
      running.awaitComplaint(
          "partition 1 stopped: the table needs offset 0 next, but the log holds [15, 20);"
              + " deploy/audit accept-gap added 1 gives up what is missing");
      assertEquals(20, rows(source));
      running.accept(with(ArchivedOffsets.gaps(1), "0-15"));
      running.awaitArchived(Map.of(1, 20L));
      await().atMost(SOON).until(() -> running.loop().health().complaint().isEmpty());
    }
    assertEquals(25, rows(source));
  }

  /** A broker came back without its last records, and the log has grown past them since. */
  @Test
  void aLogThatWasBehindOnceStaysStoppedUntilItIsAccepted() throws Exception {
    EventTable<ExerciseResult> source = newTable("behind", 1);
    send(source, 0, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L));
      running.accept(with(ArchivedOffsets.next(0), "20"));
    }
    String acceptLog = "deploy/audit accept-log behind 0 goes on there";
    try (RunningLoop running = run(source)) {
      running.awaitComplaint(acceptLog);
      running.awaitComplaint("another one from offset 10 on");
    }
    send(source, 0, 10, 30);
    try (RunningLoop running = run(source)) {
      running.awaitComplaint(acceptLog);
      assertEquals(10, rows(source));
      running.accept(properties -> FormerLog.acceptLog(properties, 0, 10));
      running.awaitArchived(Map.of(0, 30L));
      await().atMost(SOON).until(() -> running.loop().health().complaint().isEmpty());
    }
    assertEquals(Map.of(0, range(0, 10), 1, range(10, 30)), offsets(source));
  }

  /**
   * The table holds what a leader appended whose records the next one has not. No instance has seen
   * the log behind the table, and only the leader's epoch tells.
   */
  @Test
  void aLogThatGrewPastWhatItLostIsFoundByItsLeader() throws Exception {
    EventTable<ExerciseResult> source = newTable("unclean", 1);
    send(source, 0, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L));
      assertEquals(0, ArchivedOffsets.leaderEpochIn(running.table().properties(), 0).orElseThrow());
      running.accept(with(ArchivedOffsets.next(0), "15"));
    }
    kafka.kill();
    kafka.restart();
    send(source, 0, 10, 30);
    try (RunningLoop running = run(source)) {
      running.awaitComplaint("the table needs offset 15 next, but the log was another one from");
      assertEquals(
          OptionalLong.of(10), ArchivedOffsets.logBehindIn(running.table().properties(), 0));
      assertEquals(10, rows(source));
    }
  }

  /** A version that asked for no ids has written it; a log is behind, another has grown past. */
  @Test
  void aTableThatNamesNoTopicTakesThatOfKafkaOnceUnlessALogIsBehind() throws Exception {
    EventTable<ExerciseResult> source = newTable("unnamed", 2);
    send(source, 0, 0, 10);
    send(source, 1, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L, 1, 10L));
      assertEquals(topicId(source), running.table().properties().get(ArchivedOffsets.TOPIC_ID));
    }
    try (Warehouse warehouse = new Warehouse(config)) {
      warehouse
          .open(source)
          .updateProperties()
          .remove(ArchivedOffsets.TOPIC_ID)
          .set(ArchivedOffsets.next(1), "11")
          .commit();
    }
    send(source, 0, 10, 20);
    try (RunningLoop running = run(source)) {
      running.awaitComplaint("partition 0 stopped: the table may be of another topic");
      running.awaitComplaint("partition 1 stopped: the table may be of another topic");
      String id = topicId(source);
      running.accept(with(ArchivedOffsets.TOPIC_ID, id));
      running.awaitArchived(Map.of(0, 20L));
      running.awaitComplaint("partition 1 stopped: the table needs offset 11 next");
    }
  }

  private static UnaryOperator<Map<String, String>> with(String property, String value) {
    return properties -> {
      Map<String, String> changed = new TreeMap<>(properties);
      changed.put(property, value);
      return changed;
    };
  }

  private static EventTable<ExerciseResult> newTable(String name, int partitions) throws Exception {
    EventTable<ExerciseResult> source =
        new EventTable<>("it." + name, name, ExerciseResult.class, "exerciseId", "timestamp");
    kafka.createTopic(source.topic(), partitions);
    return source;
  }

  private static String topicId(ArchiveTable source) throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin
          .describeTopics(List.of(source.topic()))
          .allTopicNames()
          .get()
          .get(source.topic())
          .topicId()
          .toString();
    }
  }

  private static void send(ArchiveTable source, int partition, long from, long to)
      throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (long number = from; number < to; number++) {
        sent.add(
            producer.send(
                new ProducerRecord<>(source.topic(), partition, null, Events.bytes(number))));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private int rows(ArchiveTable source) {
    return Rows.of(Rows.load(config, source)).size();
  }

  /** Of the only partition, by epoch. */
  private Map<Integer, List<Long>> offsets(ArchiveTable source) {
    Map<Integer, List<Long>> offsets = new TreeMap<>();
    for (Record row : Rows.of(Rows.load(config, source))) {
      offsets
          .computeIfAbsent(
              (Integer) row.getField(ArchivedOffsets.KAFKA_EPOCH), epoch -> new ArrayList<>())
          .add((Long) row.getField(ArchivedOffsets.KAFKA_OFFSET));
    }
    offsets.values().forEach(list -> list.sort(null));
    return offsets;
  }

  private RunningLoop run(ArchiveTable source) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "session.timeout.ms", 6_000);
    return new RunningLoop(config, new KafkaClients(settings), source);
  }
}
