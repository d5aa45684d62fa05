// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

/**
 * A share of a count, with its 95 % interval by Wilson's score method, which stays within 0..1 and
 * stays honest for small counts and for shares near 0 or 1.
 */
record Proportion(double rate, double low, double high) {

  private static final double Z = 1.959963984540054;

  /** The share {@code part} of {@code whole}; {@code whole} is at least 1. */
  static Proportion of(long part, long whole) {
    double n = whole;
    double p = part / n;
    double spread = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    double centre = p + Z * Z / (2 * n);
    double scale = 1 + Z * Z / n;
    double low = part == 0 ? 0 : (centre - spread) / scale;
    double high = part == whole ? 1 : (centre + spread) / scale;
    return new Proportion(p, low, high);
  }
}
