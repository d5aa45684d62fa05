// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.alert.kafka.AlertRecord;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.ExerciseResult;

/** A judged batch: what has to be in Kafka before its offsets may be committed. */
record Verdict(int judged, int unknownExercise, List<Alert> alerts, List<Batch.Poison> poison) {

  static Verdict of(Batch batch, Map<String, Threshold> thresholds) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    List<Alert> alerts = new ArrayList<>();
    int unknown = 0;
    for (ExerciseResult result : batch.results()) {
      Threshold threshold = thresholds.get(result.getExerciseId());
      Judgement.of(result, threshold, now).ifPresent(alerts::add);
      unknown += threshold.value().isEmpty() ? 1 : 0;
    }
    return new Verdict(batch.results().size(), unknown, alerts, batch.poison());
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return Stream.concat(
            alerts.stream().map(AlertRecord::of), poison.stream().map(Batch.Poison::letter))
        .toList();
  }
}
