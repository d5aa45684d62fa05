// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;
import vigie.events.UserActivity;
import vigie.stack.kafka.KafkaNode;

/** What ingest-service has written, read on from where the last reading ended. */
final class KafkaEvents implements AutoCloseable {

  private static final String RESULTS = "vigie.results";

  private final EventCodec<ExerciseResult> results = EventCodec.of(ExerciseResult.class);
  private final EventCodec<UserActivity> activities = EventCodec.of(UserActivity.class);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Set<UUID> ids = new HashSet<>();

  KafkaEvents(KafkaNode kafka) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        Stream.of(RESULTS, "vigie.activity")
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The ids of all events that Kafka holds now. */
  Set<UUID> idsSoFar() throws UndecodableEventException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        ids.add(
            record.topic().equals(RESULTS)
                ? results.decode(record.value()).getId()
                : activities.decode(record.value()).getId());
      }
    }
    return ids;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
