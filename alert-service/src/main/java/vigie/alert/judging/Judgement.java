// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import java.time.Instant;
import java.util.Optional;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.ExerciseResult;

/** The comparison itself. */
final class Judgement {

  private Judgement() {}

  /** The alert that {@code result} raises, if its score is below {@code threshold}. */
  static Optional<Alert> of(ExerciseResult result, Threshold threshold, Instant now) {
    return threshold.isAbove(result.getScore())
        ? Optional.of(alert(result, threshold, now))
        : Optional.empty();
  }

  private static Alert alert(ExerciseResult result, Threshold threshold, Instant now) {
    return Alert.newBuilder()
        .setId(AlertId.of(result.getId()))
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
