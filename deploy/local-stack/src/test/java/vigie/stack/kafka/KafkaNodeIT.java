// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.ports.Ports;
import vigie.stack.workspace.StackFolder;

class KafkaNodeIT {

  private static final String TOPIC = "vigie.results";

  @TempDir private static Path folder;
  private static KafkaCluster cluster;
  private static KafkaNode kafka;

  /** With no template to copy: Kafka formats the node's folder itself. */
  @BeforeAll
  static void start() {
    StackFolder ownTemplates = new StackFolder(folder, folder.resolve("templates"));
    cluster = new KafkaCluster(ownTemplates, Ports.ephemeral(), KafkaTopology.KRAFT_MINIMAL);
    cluster.start();
    cluster.createTopics();
    kafka = cluster.brokers().get(0);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aKilledBrokerKeepsItsRecords() throws Exception {
    List<String> sent = IntStream.range(0, 1_000).mapToObj(i -> "record-" + i).toList();
    send(sent);

    kafka.kill();
    kafka.restart();

    assertEquals(Set.copyOf(sent), Set.copyOf(readAll(sent.size())));
  }

  @Test
  void topicsAreCreatedOnceAsConfigured() throws Exception {
    try (Admin admin = kafka.admin()) {
      kafka.createTopics();

      for (Topics.Topic topic : Topics.read().topics()) {
        assertEquals(
            topic.partitions(),
            admin
                .describeTopics(Set.of(topic.name()))
                .allTopicNames()
                .get()
                .get(topic.name())
                .partitions()
                .size(),
            topic.name());
      }
    }
  }

  private static void send(List<String> values) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (String value : values) {
        sent.add(producer.send(new ProducerRecord<>(TOPIC, value, value)));
      }
      for (var acknowledgement : sent) {
        assertEquals(TOPIC, acknowledgement.get().topic());
      }
    }
  }

  private static List<String> readAll(int expected) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(p -> new TopicPartition(TOPIC, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> values = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < expected && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
