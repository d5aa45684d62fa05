// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

/**
 * What a version of a threshold stands for.
 *
 * @param percent not a number where there is no threshold
 */
public record Value(double percent) {

  /** There is no threshold: it was never set, or deleted. */
  public static final Value NONE = new Value(Double.NaN);

  public boolean isThreshold() {
    return !Double.isNaN(percent);
  }

  /** Whether a result with this score raises an alert. */
  boolean fails(double score) {
    return score < percent;
  }

  @Override
  public String toString() {
    return isThreshold() ? Double.toString(percent) : "none";
  }
}
