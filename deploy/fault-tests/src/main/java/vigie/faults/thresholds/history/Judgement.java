// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import java.util.UUID;
import vigie.events.Alert;

/**
 * The version by which a result was judged, as its alert tells.
 *
 * @param at by the clock of this machine, after the threshold was read, in ns since the epoch
 */
public record Judgement(
    UUID alertId,
    String student,
    String exercise,
    double score,
    long version,
    double threshold,
    long at) {

  /** An alert's time is cut to microseconds. */
  private static final long CUT = 1_000;

  public static Judgement of(Alert alert) {
    return new Judgement(
        alert.getId(),
        alert.getStudentId(),
        alert.getExerciseId(),
        alert.getScore(),
        alert.getThresholdVersion(),
        alert.getThreshold(),
        TimeRange.nanos(alert.getRaisedAt()) + CUT);
  }
}
