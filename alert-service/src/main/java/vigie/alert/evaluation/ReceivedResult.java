// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

/** A result and its Kafka record, decoded as far as the comparison needs. */
record ReceivedResult(ConsumerRecord<byte[], byte[]> record, ScoreProjection projection) {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  static ReceivedResult of(ConsumerRecord<byte[], byte[]> record) throws UndecodableEventException {
    Optional<ScoreProjection> projection = ScoreProjection.at(record.value());
    return new ReceivedResult(
        record,
        projection.isPresent()
            ? projection.get()
            : ScoreProjection.of(CODEC.decode(record.value())));
  }

  String exerciseId() {
    return projection.exerciseId();
  }

  double score() {
    return projection.score();
  }

  /** All of the result. */
  ExerciseResult result() throws UndecodableEventException {
    return CODEC.decode(record.value());
  }
}
