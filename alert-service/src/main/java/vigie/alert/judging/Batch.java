// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.events.DeadLetter;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

/** The records of one poll: the results among them, and the poison. */
record Batch(List<ExerciseResult> results, List<Poison> poison) {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  /** A record that is no result, and why. */
  record Poison(ConsumerRecord<byte[], byte[]> record, String reason) {

    ProducerRecord<byte[], byte[]> letter() {
      return DeadLetter.of(record, reason);
    }
  }

  static Batch of(ConsumerRecords<byte[], byte[]> records) {
    List<ExerciseResult> results = new ArrayList<>(records.count());
    List<Poison> poison = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        results.add(CODEC.decode(record.value()));
      } catch (UndecodableEventException e) {
        poison.add(new Poison(record, e.getMessage()));
      }
    }
    return new Batch(results, poison);
  }

  Set<String> exercises() {
    return results.stream().map(ExerciseResult::getExerciseId).collect(Collectors.toSet());
  }
}
