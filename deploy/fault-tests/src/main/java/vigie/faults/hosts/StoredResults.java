// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

/** Reads the results that Kafka holds. */
final class StoredResults {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);
  private static final String TOPIC = "vigie.results";
  private static final Duration POLL = Duration.ofMillis(200);

  private StoredResults() {}

  /** All that were stored when this was called. */
  static Set<History.Key> in(String servers) throws UndecodableEventException {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(one -> new TopicPartition(TOPIC, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<History.Key> results = new HashSet<>();
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (var record : consumer.poll(POLL)) {
          ExerciseResult result = CODEC.decode(record.value());
          results.add(new History.Key(result.getStudentId(), result.getExerciseId()));
        }
      }
      return results;
    }
  }
}
