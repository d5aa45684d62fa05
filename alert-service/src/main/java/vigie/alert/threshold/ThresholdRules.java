// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import vigie.alert.problem.ProblemException;
import vigie.events.Identifier;

/** What may be asked for, and how a refusal is told. */
final class ThresholdRules {

  /** The sum of it and the negative zero is the positive one; other numbers stay as they are. */
  private static final double POSITIVE_ZERO = 0.0;

  private ThresholdRules() {}

  /** The id of an exercise that may have results: in the form in which ingest-service takes it. */
  static String exerciseId(String exerciseId) {
    Optional<String> fault = Identifier.EXERCISE.fault(exerciseId == null ? "" : exerciseId);
    if (fault.isPresent()) {
      throw new ProblemException(
          Status.BAD_REQUEST, "malformed-exercise-id", "The exercise's id " + fault.get());
    }
    return exerciseId;
  }

  static double percent(double value) {
    if (!(value >= 0 && value <= 100)) {
      throw new ProblemException(
          Status.BAD_REQUEST, "threshold-out-of-range", "A threshold is a percentage, 0 to 100");
    }
    return value + POSITIVE_ZERO;
  }

  /** What is stored now, unless the change was refused. */
  static Threshold made(
      String exerciseId, Precondition precondition, ThresholdStore.Change change) {
    if (change.happened()) {
      return change.now();
    }
    throw precondition.equals(Precondition.ANY)
        ? noThreshold(exerciseId)
        : new ProblemException(
            Status.PRECONDITION_FAILED,
            "version-mismatch",
            "The threshold of %s is at version %d".formatted(exerciseId, change.now().version()));
  }

  static Threshold known(String exerciseId, EffectiveThreshold threshold) {
    return threshold
        .threshold()
        .orElseThrow(
            () ->
                new ProblemException(
                    Status.SERVICE_UNAVAILABLE,
                    "unconfirmed",
                    "Not all Redis servers hold the last change of %s".formatted(exerciseId)));
  }

  static ProblemException noThreshold(String exerciseId) {
    return new ProblemException(
        Status.NOT_FOUND, "no-threshold", "%s has no threshold".formatted(exerciseId));
  }
}
