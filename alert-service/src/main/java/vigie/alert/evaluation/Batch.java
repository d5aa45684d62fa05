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
import vigie.alert.threshold.Standing;
import vigie.events.DeadLetter;
import vigie.events.UndecodableEventException;
import vigie.events.UnknownSchemaException;

/**
 * The records of one poll: the results among them, and the poison.
 *
 * @param unknown the first record of each partition that only a newer version can read
 */
record Batch(List<Attempt> attempts, List<Poison> poison, Map<TopicPartition, Long> unknown) {

  private static final String SENDER = "alert-service";

  /** A record that is no result, and why. */
  record Poison(ConsumerRecord<byte[], byte[]> record, String reason) {

    ProducerRecord<byte[], byte[]> letter() {
      return DeadLetter.of(record, SENDER, reason);
    }
  }

  static Batch of(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<Attempt> attempts = new ArrayList<>();
    List<Poison> poison = new ArrayList<>();
    Map<TopicPartition, Long> unknown = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        attempts.add(Attempt.of(record));
      } catch (UnknownSchemaException e) {
        unknown.merge(partition(record), record.offset(), Math::min);
      } catch (UndecodableEventException e) {
        poison.add(new Poison(record, e.getMessage()));
      }
    }
    return new Batch(attempts, poison, unknown);
  }

  /**
   * The first record of each partition that cannot be judged now: its threshold is not settled, or
   * its schema is unknown. What comes after it in its partition waits with it, since how far
   * judging has come is one offset.
   */
  Map<TopicPartition, Long> waiting(Map<String, Standing> standings) {
    Map<TopicPartition, Long> first = new HashMap<>(unknown);
    for (Attempt attempt : attempts) {
      if (!standings.get(attempt.exerciseId()).decides(attempt.score())) {
        first.merge(partition(attempt.record()), attempt.record().offset(), Math::min);
      }
    }
    return first;
  }

  /** What is before those records. */
  Batch before(Map<TopicPartition, Long> first) {
    if (first.isEmpty()) {
      return this;
    }
    return new Batch(
        attempts.stream().filter(attempt -> isBefore(first, attempt.record())).toList(),
        poison.stream().filter(letter -> isBefore(first, letter.record())).toList(),
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
    return attempts.stream().map(Attempt::exerciseId).collect(Collectors.toSet());
  }
}
