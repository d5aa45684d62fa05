// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** A town with exam rooms; degrees are WGS 84. */
record Town(String name, double latitude, double longitude, int population) {

  static List<Town> all() {
    return CsvResource.read(
        "towns.csv",
        f ->
            new Town(
                f[0], Double.parseDouble(f[1]), Double.parseDouble(f[2]), Integer.parseInt(f[3])));
  }

  /** Draws towns as often as their share of the population says. */
  static final class ByPopulation {

    private final NavigableMap<Long, Town> upTo = new TreeMap<>();
    private long total;

    ByPopulation(List<Town> towns) {
      for (Town town : towns) {
        total += town.population();
        upTo.put(total, town);
      }
    }

    Town draw(Random random) {
      return upTo.higherEntry(random.nextLong(total)).getValue();
    }
  }
}
