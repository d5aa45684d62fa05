// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/** The H3 cells where an exercise was failed, most failures first. */
record FailurePlaces(Instant asOf, String exerciseId, List<Place> places) implements CsvTable {

  /** One cell; the coordinates are its centre, in degrees. */
  record Place(String cell, double latitude, double longitude, long n, long failures) {}

  FailurePlaces first(int cells) {
    return cells >= places.size()
        ? this
        : new FailurePlaces(asOf, exerciseId, places.subList(0, cells));
  }

  @Override
  public String tableName() {
    return "failure-places";
  }

  @Override
  public List<String> columns() {
    return List.of("asOf", "exerciseId", "cell", "latitude", "longitude", "n", "failures");
  }

  @Override
  public Stream<List<?>> rows() {
    return places.stream()
        .map(
            p ->
                List.of(
                    asOf, exerciseId, p.cell(), p.latitude(), p.longitude(), p.n(), p.failures()));
  }
}
