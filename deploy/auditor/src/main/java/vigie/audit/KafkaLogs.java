// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What Kafka holds of a topic. */
final class KafkaLogs implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> settings;
  private final Admin admin;

  /**
   * @param entrance how a client enters Kafka; empty where Kafka accepts every client
   */
  KafkaLogs(String servers, Map<String, String> entrance) {
    settings = new HashMap<>(entrance);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    admin = Admin.create(settings);
  }

  /** Of the topic as it is now; one that is created again has another. */
  String topicId(String topic) throws InterruptedException {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .topicId()
          .toString();
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka does not describe " + topic, e.getCause());
    }
  }

  /** The first offset of each partition that retention has left. */
  Map<Integer, Long> starts(String topic) throws InterruptedException {
    return offsets(topic, OffsetSpec.earliest());
  }

  /** One after the last offset of each partition. */
  Map<Integer, Long> ends(String topic) throws InterruptedException {
    return offsets(topic, OffsetSpec.latest());
  }

  /** The first offset of each partition that was appended at that instant or later. */
  Map<Integer, Long> appendedSince(String topic, Instant instant) throws InterruptedException {
    Map<Integer, Long> since = offsets(topic, OffsetSpec.forTimestamp(instant.toEpochMilli()));
    Map<Integer, Long> ends = ends(topic);
    since.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
    return since;
  }

  /** Whether a record's time is that of its append; else it is what its producer claims. */
  boolean timesAreOfAppend(String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config;
    try {
      config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka does not describe " + topic, e.getCause());
    }
    return TimestampType.LOG_APPEND_TIME.name.equals(
        config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value());
  }

  /** Every record that the topic has now, from the given offsets on. */
  void read(String topic, Map<Integer, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> reader)
      throws InterruptedException {
    Map<Integer, Long> ends = ends(topic);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Collection<TopicPartition> partitions =
          from.keySet().stream().map(number -> new TopicPartition(topic, number)).toList();
      consumer.assign(partitions);
      partitions.forEach(partition -> consumer.seek(partition, from.get(partition.partition())));
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition.partition()))) {
        consumer.poll(POLL).forEach(reader);
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private Map<Integer, Long> offsets(String topic, OffsetSpec which) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (TopicPartitionInfo partition :
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions()) {
        asked.put(new TopicPartition(topic, partition.partition()), which);
      }
      Map<Integer, Long> offsets = new TreeMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach((partition, answer) -> offsets.put(partition.partition(), answer.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka does not tell the offsets of " + topic, e.getCause());
    }
  }
}
