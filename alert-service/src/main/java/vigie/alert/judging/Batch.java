// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.events.DeadLetter;
import vigie.events.UndecodableEventException;

/** The records of one poll: the results among them, and the poison. */
record Batch(List<Attempt> attempts, List<Poison> poison) {

  /** A record that is no result, and why. */
  record Poison(ConsumerRecord<byte[], byte[]> record, String reason) {

    ProducerRecord<byte[], byte[]> letter() {
      return DeadLetter.of(record, reason);
    }
  }

  static Batch of(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<Attempt> attempts = new ArrayList<>();
    List<Poison> poison = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        attempts.add(Attempt.of(record));
      } catch (UndecodableEventException e) {
        poison.add(new Poison(record, e.getMessage()));
      }
    }
    return new Batch(attempts, poison);
  }

  Set<String> exercises() {
    return attempts.stream().map(Attempt::exerciseId).collect(Collectors.toSet());
  }
}
