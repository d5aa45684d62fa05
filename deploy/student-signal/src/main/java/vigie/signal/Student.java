// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.util.Random;

/**
 * A student at a laptop.
 *
 * @param skill normally distributed around 0 with standard deviation 1
 */
record Student(String id, Town town, double latitude, double longitude, double skill) {

  /** About 4 km: the students of a town sit in several schools. */
  private static final double SCATTER_DEGREES = 0.035;

  static Student draw(int number, Town.ByPopulation towns, Random random) {
    Town town = towns.draw(random);
    return new Student(
        "s-%06d".formatted(number),
        town,
        rounded(town.latitude() + random.nextGaussian() * SCATTER_DEGREES),
        rounded(town.longitude() + random.nextGaussian() * SCATTER_DEGREES),
        random.nextGaussian());
  }

  /** To five decimals, about a metre: what a laptop can know. */
  private static double rounded(double degrees) {
    return Math.round(degrees * 1e5) / 1e5;
  }
}
