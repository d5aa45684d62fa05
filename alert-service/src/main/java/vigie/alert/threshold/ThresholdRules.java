// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import jakarta.ws.rs.core.Response.Status;
import vigie.alert.problem.ProblemException;

/** What may be asked for, and how a refusal is told. */
final class ThresholdRules {

  private static final int LONGEST_ID = 200;

  private ThresholdRules() {}

  static String exerciseId(String exerciseId) {
    if (exerciseId == null || exerciseId.isBlank() || exerciseId.length() > LONGEST_ID) {
      throw new ProblemException(
          Status.BAD_REQUEST,
          "malformed-exercise-id",
          "An exercise's id has 1 to %d characters".formatted(LONGEST_ID));
    }
    return exerciseId;
  }

  static double percent(double value) {
    if (!(value >= 0 && value <= 100)) {
      throw new ProblemException(
          Status.BAD_REQUEST, "threshold-out-of-range", "A threshold is a percentage, 0 to 100");
    }
    return value;
  }

  /** What is stored now, unless the change was refused. */
  static Threshold made(String exerciseId, Precondition precondition, Thresholds.Change change) {
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

  static Threshold known(String exerciseId, Standing standing) {
    return standing
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
