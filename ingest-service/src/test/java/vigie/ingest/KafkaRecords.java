// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;
import vigie.stack.kafka.KafkaNode;

/** All that a topic holds now. */
final class KafkaRecords {

  private KafkaRecords() {}

  static Set<UUID> resultIds(KafkaNode kafka) throws UndecodableEventException {
    EventCodec<ExerciseResult> codec = EventCodec.of(ExerciseResult.class);
    Set<UUID> ids = new HashSet<>();
    for (var record : of(kafka.bootstrapServers(), "vigie.results")) {
      ids.add(codec.decode(record.value()).getId());
    }
    return ids;
  }

  static List<ConsumerRecord<String, byte[]>> of(String bootstrapServers, String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }
}
