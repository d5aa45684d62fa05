// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.alert.kafka.AlertRecord;
import vigie.alert.threshold.EffectiveThreshold;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.UndecodableEventException;

/** An evaluated batch: what has to be in Kafka before its offsets may be committed. */
record EvaluatedBatch(
    int judged,
    int unknownExercise,
    List<Alert> alerts,
    List<ReceivedBatch.UndecodableRecord> undecodable) {

  /** Of a batch that can be judged as a whole now. */
  static EvaluatedBatch of(ReceivedBatch batch, Map<String, EffectiveThreshold> thresholds) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    List<Alert> alerts = new ArrayList<>();
    List<ReceivedBatch.UndecodableRecord> undecodable = new ArrayList<>(batch.undecodable());
    int unknown = 0;
    for (ReceivedResult result : batch.results()) {
      Optional<Threshold> threshold = thresholds.get(result.exerciseId()).threshold();
      if (threshold.isEmpty()) {
        // It raises no alert by any change that may last: that was asked before.
        continue;
      }
      try {
        ThresholdRule.of(result, threshold.get(), now).ifPresent(alerts::add);
      } catch (UndecodableEventException e) {
        undecodable.add(new ReceivedBatch.UndecodableRecord(result.record(), e.getMessage()));
      }
      unknown += threshold.get().value().isEmpty() ? 1 : 0;
    }
    return new EvaluatedBatch(batch.results().size(), unknown, alerts, undecodable);
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return Stream.concat(
            alerts.stream().map(AlertRecord::of),
            undecodable.stream().map(ReceivedBatch.UndecodableRecord::toDeadLetter))
        .toList();
  }
}
