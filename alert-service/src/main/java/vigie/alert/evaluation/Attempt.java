// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

/** A student's attempt at an exercise: the record of its result, read as far as comparing needs. */
record Attempt(ConsumerRecord<byte[], byte[]> record, Glance glance) {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  static Attempt of(ConsumerRecord<byte[], byte[]> record) throws UndecodableEventException {
    Optional<Glance> glance = Glance.at(record.value());
    return new Attempt(
        record, glance.isPresent() ? glance.get() : Glance.of(CODEC.decode(record.value())));
  }

  String exerciseId() {
    return glance.exerciseId();
  }

  double score() {
    return glance.score();
  }

  /** All of the result. */
  ExerciseResult result() throws UndecodableEventException {
    return CODEC.decode(record.value());
  }
}
