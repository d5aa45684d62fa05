// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.time.Instant;
import java.util.Optional;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

/** Raises an alert for a result below its threshold. */
final class ThresholdRule {

  private ThresholdRule() {}

  /** The alert that {@code received} raises, if its score is below {@code threshold}. */
  static Optional<Alert> of(ReceivedResult received, Threshold threshold, Instant now)
      throws UndecodableEventException {
    return threshold.isAbove(received.score())
        ? Optional.of(alert(received.result(), threshold, now))
        : Optional.empty();
  }

  private static Alert alert(ExerciseResult result, Threshold threshold, Instant now) {
    return Alert.newBuilder()
        .setId(AlertId.of(result))
        .setEventId(result.getId())
        .setStudentId(result.getStudentId())
        .setExerciseId(result.getExerciseId())
        .setScore(result.getScore())
        .setThreshold(threshold.value().getAsDouble())
        .setThresholdVersion(threshold.version())
        .setLatitude(result.getLatitude())
        .setLongitude(result.getLongitude())
        .setOccurredAt(result.getTimestamp())
        .setRaisedAt(now)
        .build();
  }
}
