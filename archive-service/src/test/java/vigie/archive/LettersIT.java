// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.DeadLetterTable;
import vigie.archive.table.EventTable;
import vigie.events.DeadLetter;
import vigie.events.DeadLetterFormat;
import vigie.events.ExerciseResult;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.postgres.PostgresServer;

/** Records that are no row, or none yet. */
class LettersIT {

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

  @Test
  void aRecordOfANewerSchemaIsNoLetterAndItsPartitionGoesOnAfterTheUpgrade() throws Exception {
    EventTable<ExerciseResult> source = newTable("newer", 2);
    send(source, 0, Events.bytes(0), Events.bytes(1), Events.bytes(2), Events.bytes(3));
    send(source, 1, Events.bytes(0), Events.bytes(1));
    long letters = letters();
    try (RunningLoop running = run(new BeforeUpgrade(source, 0, 2))) {
      running.awaitArchived(Map.of(0, 2L, 1, 2L));
      running.awaitComplaint("partition 0 stopped: waits at offset 2: ");
      running.awaitComplaint("is not known; upgrade archive-service");
      send(source, 1, Events.bytes(2));
      await().atMost(Duration.ofSeconds(30)).until(() -> running.nextOffset(1) == 3);
      assertEquals(2, running.nextOffset(0));
    }
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 4L));
      await().atMost(SOON).until(() -> running.loop().health().complaint().isEmpty());
    }
    assertEquals(letters, letters());
    Rows.assertExactlyOnce(Rows.load(config, source), Map.of(0, 4L, 1, 3L), "after the upgrade");
  }

  /** One at a time, each awaited, they took a minute. */
  @Test
  void manyLettersAreSentTogetherAndEachIsThereOnceTheirOffsetsAre() throws Exception {
    EventTable<ExerciseResult> source = newTable("many", 1);
    byte[][] poison = new byte[5_000][];
    for (int i = 0; i < poison.length; i++) {
      poison[i] = ("poison " + i).getBytes(UTF_8);
    }
    send(source, 0, poison);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 5_000L));
    }
    Set<Object> offsets = new HashSet<>();
    archivedLetters(source).forEach(letter -> offsets.add(letter.getField(DeadLetterTable.OFFSET)));
    assertEquals(5_000, offsets.size());
  }

  @Test
  void aLetterThatKafkaRefusesHoldsTheCommitBack() throws Exception {
    EventTable<ExerciseResult> source = newTable("refused", 1);
    byte[] poison = new byte[10_000];
    new Random(7).nextBytes(poison);
    takeLettersOf("2000");
    send(source, 0, Events.bytes(0), poison);
    try (RunningLoop running = run(source)) {
      running.awaitComplaint("vigie.dead-letters does not accept a dead letter");
      assertEquals(-1, running.nextOffset(0));
      takeLettersOf("1048588");
      running.awaitArchived(Map.of(0, 2L));
    }
    assertEquals(1, archivedLetters(source).size());
  }

  private static void takeLettersOf(String bytes) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, DeadLetter.TOPIC);
    AlterConfigOp largest =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes), AlterConfigOp.OpType.SET);
    try (Admin admin = kafka.admin()) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(largest))).all().get();
    }
  }

  /** As large as a record can be: with its headers it fits into none. */
  @Test
  void aValueThatIsTooLargeForALetterIsKeptInParts() throws Exception {
    EventTable<ExerciseResult> source = newTable("large", 1);
    byte[] large = new byte[(1 << 20) - 200];
    new Random(7).nextBytes(large);
    send(source, 0, large, Events.bytes(1));
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 2L));
    }
    List<Record> parts = new ArrayList<>(archivedLetters(source));
    parts.sort(Comparator.comparing(part -> (Integer) part.getField(DeadLetterFormat.PART)));
    assertEquals(2, parts.size());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (Record part : parts) {
      assertEquals(2, part.getField(DeadLetterFormat.PARTS));
      whole.writeBytes(bytes((ByteBuffer) part.getField(DeadLetterTable.VALUE)));
    }
    assertArrayEquals(large, whole.toByteArray());
  }

  private List<Record> archivedLetters(ArchiveTable source) throws Exception {
    ArchiveTable letters = new DeadLetterTable();
    long end = letters();
    try (RunningLoop running = run(letters)) {
      running.awaitArchived(Map.of(0, end));
    }
    List<Record> ofSource =
        Rows.of(Rows.load(config, letters)).stream()
            .filter(letter -> source.topic().equals(letter.getField(DeadLetterTable.TOPIC)))
            .toList();
    assertTrue(
        ofSource.stream()
            .allMatch(letter -> "archive-service".equals(letter.getField(DeadLetterTable.SENDER))));
    return ofSource;
  }

  /** All that the topic of letters has. */
  private static long letters() throws Exception {
    try (Admin admin = kafka.admin()) {
      TopicPartition only = new TopicPartition(DeadLetter.TOPIC, 0);
      return admin
          .listOffsets(Map.of(only, OffsetSpec.latest()))
          .partitionResult(only)
          .get()
          .offset();
    }
  }

  private static EventTable<ExerciseResult> newTable(String name, int partitions) throws Exception {
    EventTable<ExerciseResult> source =
        new EventTable<>("it." + name, name, ExerciseResult.class, "exerciseId", "timestamp");
    kafka.createTopic(source.topic(), partitions);
    return source;
  }

  private static void send(ArchiveTable source, int partition, byte[]... values) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "acks",
                "all",
                "max.request.size",
                2 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(producer.send(new ProducerRecord<>(source.topic(), partition, null, value)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private RunningLoop run(ArchiveTable source) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "session.timeout.ms", 6_000);
    return new RunningLoop(config, new KafkaClients(settings), source);
  }
}
