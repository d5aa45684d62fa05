// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/**
 * All exercises, the lowest success rate first.
 *
 * @param asOf null before any publication
 * @param passMark percent; what is {@code notPassed} is below it
 */
record SuccessRates(Instant asOf, Double passMark, List<ExerciseRate> exercises)
    implements CsvTable {

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
        "notPassed",
        "students",
        "successRate",
        "low",
        "high");
  }

  @Override
  public Stream<List<?>> rows() {
    return exercises.stream()
        .map(
            e ->
                Arrays.asList(
                    asOf,
                    e.exerciseId(),
                    e.n(),
                    e.mean(),
                    e.standardDeviation(),
                    e.failures(),
                    e.notPassed(),
                    e.students(),
                    e.successRate(),
                    e.low(),
                    e.high()));
  }
}
