// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.util.Locale;

/** A grid of areas that do not touch, each with the same number of units. */
final class Areas {

  static final int COUNT = 100;

  private static final int IN_A_ROW = 10;
  private static final double DISTANCE = 0.1;
  private static final double HALF = 0.04;

  private Areas() {}

  /** Of the middle of an area. */
  static double latitude(int area) {
    int row = area / IN_A_ROW;
    return 44 + DISTANCE * row;
  }

  /** Of the middle of an area. */
  static double longitude(int area) {
    return 2 + DISTANCE * (area % IN_A_ROW);
  }

  /** What a unit asks for, from now on. */
  static String query(int unit) {
    int area = unit % COUNT;
    return String.format(
        Locale.ROOT,
        "?cursor=latest&area=%.3f,%.3f,%.3f,%.3f",
        latitude(area) - HALF,
        longitude(area) - HALF,
        latitude(area) + HALF,
        longitude(area) + HALF);
  }
}
