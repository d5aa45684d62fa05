// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/** All exercises, the lowest success rate first; {@code asOf} is null before any publication. */
record SuccessRates(Instant asOf, List<ExerciseRate> exercises) implements CsvTable {

  @Override
  public String tableName() {
    return "success-rates";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "asOf",
        "exerciseId",
        "n",
        "mean",
        "standardDeviation",
        "failures",
        "successRate",
        "low",
        "high");
  }

  @Override
  public Stream<List<?>> rows() {
    return exercises.stream()
        .map(
            e ->
                List.of(
                    asOf,
                    e.exerciseId(),
                    e.n(),
                    e.mean(),
                    e.standardDeviation(),
                    e.failures(),
                    e.successRate(),
                    e.low(),
                    e.high()));
  }
}
