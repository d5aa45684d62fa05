// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What an exam came to.
 *
 * @param firstMinute of a result; empty where there was none
 */
record ExamFigures(
    Instant asOf,
    Optional<OffsetDateTime> firstMinute,
    Optional<OffsetDateTime> lastMinute,
    long results,
    long failures,
    long activities,
    List<Exercise> exercises) {

  /** Of all results of an exercise. */
  record Exercise(String id, long results, double mean, long failures) {}
}
