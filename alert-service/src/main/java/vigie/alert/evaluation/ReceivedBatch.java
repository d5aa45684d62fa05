// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import vigie.alert.threshold.EffectiveThreshold;
import vigie.events.DeadLetter;
import vigie.events.UndecodableEventException;
import vigie.events.UnknownSchemaException;

/**
 * The records of one poll: the results among them, and the undecodable records.
 *
 * @param unknown the first record of each partition that only a newer version can read
 */
record ReceivedBatch(
    List<ReceivedResult> results,
    List<UndecodableRecord> undecodable,
    Map<TopicPartition, Long> unknown) {

  private static final String SENDER = "alert-service";

  /** A record that is no result, and why. */
  record UndecodableRecord(ConsumerRecord<byte[], byte[]> record, String reason) {

    ProducerRecord<byte[], byte[]> toDeadLetter() {
      return DeadLetter.of(record, SENDER, reason);
    }
  }

  static ReceivedBatch of(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<ReceivedResult> results = new ArrayList<>();
    List<UndecodableRecord> undecodable = new ArrayList<>();
    Map<TopicPartition, Long> unknown = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        results.add(ReceivedResult.of(record));
      } catch (UnknownSchemaException e) {
        unknown.merge(partition(record), record.offset(), Math::min);
      } catch (UndecodableEventException e) {
        undecodable.add(new UndecodableRecord(record, e.getMessage()));
      }
    }
    return new ReceivedBatch(results, undecodable, unknown);
  }

  /**
   * The first record of each partition that cannot be judged now: its threshold is not settled, or
   * its schema is unknown. What comes after it in its partition waits with it, since how far
   * judging has come is one offset.
   */
  Map<TopicPartition, Long> waiting(Map<String, EffectiveThreshold> thresholds) {
    Map<TopicPartition, Long> first = new HashMap<>(unknown);
    for (ReceivedResult result : results) {
      if (!thresholds.get(result.exerciseId()).decides(result.score())) {
        first.merge(partition(result.record()), result.record().offset(), Math::min);
      }
    }
    return first;
  }

  /** What is before those records. */
  ReceivedBatch before(Map<TopicPartition, Long> first) {
    if (first.isEmpty()) {
      return this;
    }
    return new ReceivedBatch(
        results.stream().filter(result -> isBefore(first, result.record())).toList(),
        undecodable.stream().filter(letter -> isBefore(first, letter.record())).toList(),
        Map.of());
  }

  private static boolean isBefore(Map<TopicPartition, Long> first, ConsumerRecord<?, ?> record) {
    Long waits = first.get(partition(record));
    return waits == null || record.offset() < waits;
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  Set<String> exercises() {
    return results.stream().map(ReceivedResult::exerciseId).collect(Collectors.toSet());
  }
}
