// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.Comparator;

/**
 * How one exercise goes. {@code mean} and {@code standardDeviation} (of all results, divided by n)
 * are percent; {@code successRate} and its 95 % interval are 0..1.
 *
 * @param failures results below the threshold that was in force when they were judged
 * @param notPassed results below the pass mark, which stays the same
 * @param students how many students tried it, estimated to about 1 percent; null where not counted
 * @param successRate null, as its interval, where {@code withheld} says why
 * @param thresholdChange the last one, where results from before it are counted; else null
 */
record ExerciseRate(
    String exerciseId,
    long n,
    double mean,
    double standardDeviation,
    long failures,
    long notPassed,
    Long students,
    Double successRate,
    Double low,
    Double high,
    Withheld withheld,
    ThresholdChange thresholdChange) {

  /**
   * By the upper end of the interval, so that the few results of one exercise do not come before
   * the many of another that is surely low. Exercises without a rate come last.
   */
  static final Comparator<ExerciseRate> LOWEST_FIRST =
      Comparator.comparing(ExerciseRate::high, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(ExerciseRate::exerciseId);

  /** Why an exercise has no success rate. */
  enum Withheld {
    /** No result of it is below a threshold, and it has none. */
    NO_THRESHOLD,
    /** No result of it is below a threshold, and alert-service has not told whether it has one. */
    THRESHOLD_UNKNOWN,
    /** Evaluation is late: results are counted whose alerts do not exist yet. */
    NOT_EVALUATED
  }

  /**
   * Results from before were judged by another threshold, or by none.
   *
   * @param at by the clock of Redis
   * @param threshold null for a deletion: later results are judged by none
   */
  record ThresholdChange(Instant at, Double threshold) {}

  /** The sums of an exercise, which can be added up. */
  record Sums(
      String exerciseId,
      long n,
      double scoreSum,
      double scoreSquareSum,
      long failures,
      long notPassed,
      Double students) {}

  /**
   * Alerts and results reach the archive by different ways, so for a moment an exercise may have
   * more failures than results: the rate is then 0.
   *
   * @param withheld null for an exercise with a rate
   * @param change null where no result is from before it
   */
  static ExerciseRate of(Sums sums, Withheld withheld, ThresholdChange change) {
    long n = sums.n();
    double mean = sums.scoreSum() / n;
    double variance = Math.max(0, sums.scoreSquareSum() / n - mean * mean);
    Proportion success =
        withheld == null ? Proportion.of(Math.max(0, n - sums.failures()), n) : null;
    return new ExerciseRate(
        sums.exerciseId(),
        n,
        mean,
        Math.sqrt(variance),
        sums.failures(),
        sums.notPassed(),
        sums.students() == null ? null : Math.round(sums.students()),
        success == null ? null : success.rate(),
        success == null ? null : success.low(),
        success == null ? null : success.high(),
        withheld,
        change);
  }
}
