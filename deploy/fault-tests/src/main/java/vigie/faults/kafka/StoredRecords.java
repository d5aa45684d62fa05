// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What Kafka holds of a {@link NumberedProducer}.
 *
 * @param numbers of the records
 * @param copies records whose number another one had already
 */
record StoredRecords(BitSet numbers, int copies) {

  /**
   * @param servers the bootstrap servers
   */
  static StoredRecords in(String servers) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(NumberedProducer.TOPIC).stream()
              .map(one -> new TopicPartition(NumberedProducer.TOPIC, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      BitSet numbers = new BitSet();
      int records = 0;
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          numbers.set(NumberedProducer.number(record.value()));
          records++;
        }
      }
      return new StoredRecords(numbers, records - numbers.cardinality());
    }
  }

  /** How many of these Kafka does not hold. */
  int missing(BitSet acknowledged) {
    BitSet missing = (BitSet) acknowledged.clone();
    missing.andNot(numbers);
    return missing.cardinality();
  }
}
