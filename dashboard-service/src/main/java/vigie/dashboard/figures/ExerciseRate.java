// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

/**
 * How one exercise goes. {@code mean} and {@code standardDeviation} (of all results, divided by n)
 * are percent; {@code successRate} and its 95 % interval are 0..1.
 *
 * @param failures results below the threshold that was in force when they were judged
 * @param notPassed results below the pass mark, which stays the same
 * @param students how many students tried it, estimated to about 1 percent; null where not counted
 */
record ExerciseRate(
    String exerciseId,
    long n,
    double mean,
    double standardDeviation,
    long failures,
    long notPassed,
    Long students,
    double successRate,
    double low,
    double high) {

  /**
   * From the sums that can be added up. Alerts and results reach the archive by different ways, so
   * for a moment an exercise may have more failures than results: the rate is then 0.
   */
  static ExerciseRate of(
      String exerciseId,
      long n,
      double scoreSum,
      double scoreSquareSum,
      long failures,
      long notPassed,
      Double students) {
    double mean = scoreSum / n;
    double variance = Math.max(0, scoreSquareSum / n - mean * mean);
    Proportion success = Proportion.of(Math.max(0, n - failures), n);
    return new ExerciseRate(
        exerciseId,
        n,
        mean,
        Math.sqrt(variance),
        failures,
        notPassed,
        students == null ? null : Math.round(students),
        success.rate(),
        success.low(),
        success.high());
  }
}
