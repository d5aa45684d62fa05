// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.harness.Tier;
import vigie.stack.ports.Ports;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/**
 * What deploy/fault-tests/kafka does to the steady forms for longer, briefly. The form of few
 * processes is tested always, the steady ones by {@code deploy/test --all}; {@code
 * -Dvigie.kafka.forms=steady,kraft-steady} names others.
 */
class KafkaClusterIT {

  private static final String TOPIC = "vigie.results";
  private static final List<String> VALUES =
      IntStream.range(0, 1_000).mapToObj(i -> "record-" + i).toList();

  static Stream<KafkaTopology> forms() {
    String ofTier = Tier.current() == Tier.ALL ? "minimal,steady,kraft-steady" : "minimal";
    return Arrays.stream(System.getProperty("vigie.kafka.forms", ofTier).split(","))
        .map(KafkaTopology::parse);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormKeepsWhatItAcknowledgedWhenABrokerIsKilled(
      KafkaTopology topology, @TempDir Path folder) throws Exception {
    try (KafkaCluster kafka = KafkaCluster.startIn(folder, topology)) {
      assertCopiesAreSpread(kafka, topology);
      KafkaNode victim = leader(kafka);
      Set<String> acknowledged = send(kafka, VALUES.subList(0, 500));

      victim.kill();
      if (topology.isSteady()) {
        acknowledged.addAll(send(kafka, VALUES.subList(500, 1_000)));
      }
      victim.restart();
      kafka.awaitInSync();

      assertEquals(acknowledged, readAll(kafka, acknowledged.size()));
      assertOtherFormsAreRefused(folder, topology);
    }
  }

  /** Every partition has all its copies, each in a rack of its own. */
  private static void assertCopiesAreSpread(KafkaCluster kafka, KafkaTopology topology)
      throws Exception {
    assertTrue(kafka.isInSync());
    int copies = topology.isSteady() ? 3 : 1;
    for (TopicPartitionInfo partition : partitions(kafka)) {
      assertEquals(copies, partition.replicas().size());
      if (topology.isSteady()) {
        assertEquals(copies, partition.replicas().stream().map(Node::rack).distinct().count());
      }
    }
  }

  private static void assertOtherFormsAreRefused(Path folder, KafkaTopology topology) {
    var other =
        new KafkaCluster(new StackFolder(folder), Ports.ephemeral(), KafkaTopology.KRAFT_MINIMAL);
    var refusal = assertThrows(StackException.class, other::start);
    assertTrue(refusal.getMessage().contains("--kafka " + topology), refusal.getMessage());
  }

  private static KafkaNode leader(KafkaCluster kafka) throws Exception {
    int leader = partitions(kafka).get(0).leader().id();
    return kafka.brokers().get(leader - 1);
  }

  private static List<TopicPartitionInfo> partitions(KafkaCluster kafka) throws Exception {
    try (Admin admin = kafka.admin()) {
      Map<String, TopicDescription> topics =
          admin.describeTopics(Set.of(TOPIC)).allTopicNames().get();
      return topics.get(TOPIC).partitions();
    }
  }

  private static Set<String> send(KafkaCluster kafka, List<String> values) throws Exception {
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
    return new HashSet<>(values);
  }

  private static Set<String> readAll(KafkaCluster kafka, int expected) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(p -> new TopicPartition(TOPIC, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Set<String> values = new HashSet<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < expected && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
