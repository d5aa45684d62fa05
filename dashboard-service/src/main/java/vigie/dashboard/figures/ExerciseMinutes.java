// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/** How an exercise went from minute to minute, the earliest first; minutes without events lack. */
record ExerciseMinutes(Instant asOf, String exerciseId, List<Minute> minutes) implements CsvTable {

  /**
   * The minute that begins at {@code begin}, of the instants that laptops gave, or of the arrival
   * where a clock was more than 12 hours off; {@code mean} is percent, and null where there are
   * alerts whose results are still on their way.
   */
  record Minute(Instant begin, long n, Double mean, long failures) {

    static Minute of(Instant begin, long n, double scoreSum, long failures) {
      return new Minute(begin, n, n == 0 ? null : scoreSum / n, failures);
    }
  }

  @Override
  public String tableName() {
    return "minutes";
  }

  @Override
  public List<String> columns() {
    return List.of("asOf", "exerciseId", "begin", "n", "mean", "failures");
  }

  @Override
  public Stream<List<?>> rows() {
    return minutes.stream()
        .map(m -> Arrays.asList(asOf, exerciseId, m.begin(), m.n(), m.mean(), m.failures()));
  }
}
