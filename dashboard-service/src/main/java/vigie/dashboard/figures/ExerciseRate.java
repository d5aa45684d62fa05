// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

/**
 * How one exercise goes. {@code mean} and {@code standardDeviation} (of all results, divided by n)
 * are percent; {@code successRate} and its 95 % interval are 0..1.
 */
record ExerciseRate(
    String exerciseId,
    long n,
    double mean,
    double standardDeviation,
    long failures,
    double successRate,
    double low,
    double high) {

  /**
   * From the sums that can be added up. Alerts and results reach the archive by different ways, so
   * for a moment an exercise may have more failures than results: the rate is then 0.
   */
  static ExerciseRate of(
      String exerciseId, long n, double scoreSum, double scoreSquareSum, long failures) {
    double mean = scoreSum / n;
    double variance = Math.max(0, scoreSquareSum / n - mean * mean);
    Proportion success = Proportion.of(Math.max(0, n - failures), n);
    return new ExerciseRate(
        exerciseId,
        n,
        mean,
        Math.sqrt(variance),
        failures,
        success.rate(),
        success.low(),
        success.high());
  }
}
