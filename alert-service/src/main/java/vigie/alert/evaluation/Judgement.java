// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.time.Instant;
import java.util.Optional;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

/** The comparison itself. */
final class Judgement {

  private Judgement() {}

  /** The alert that {@code attempt} raises, if its score is below {@code threshold}. */
  static Optional<Alert> of(Attempt attempt, Threshold threshold, Instant now)
      throws UndecodableEventException {
    return threshold.isAbove(attempt.score())
        ? Optional.of(alert(attempt.result(), threshold, now))
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
