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
import vigie.alert.threshold.Standing;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.UndecodableEventException;

/** A judged batch: what has to be in Kafka before its offsets may be committed. */
record Verdict(int judged, int unknownExercise, List<Alert> alerts, List<Batch.Poison> poison) {

  /** Of a batch all of which can be judged now. */
  static Verdict of(Batch batch, Map<String, Standing> standings) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    List<Alert> alerts = new ArrayList<>();
    List<Batch.Poison> poison = new ArrayList<>(batch.poison());
    int unknown = 0;
    for (Attempt attempt : batch.attempts()) {
      Optional<Threshold> threshold = standings.get(attempt.exerciseId()).threshold();
      if (threshold.isEmpty()) {
        // It raises no alert by any change that may last: that was asked before.
        continue;
      }
      try {
        Judgement.of(attempt, threshold.get(), now).ifPresent(alerts::add);
      } catch (UndecodableEventException e) {
        poison.add(new Batch.Poison(attempt.record(), e.getMessage()));
      }
      unknown += threshold.get().value().isEmpty() ? 1 : 0;
    }
    return new Verdict(batch.attempts().size(), unknown, alerts, poison);
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return Stream.concat(
            alerts.stream().map(AlertRecord::of), poison.stream().map(Batch.Poison::letter))
        .toList();
  }
}
