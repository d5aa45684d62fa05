// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/** How the scores of an exercise are distributed, the lowest first. */
record ExerciseScores(Instant asOf, String exerciseId, List<Tenth> scores) implements CsvTable {

  /**
   * {@code n} results with scores from {@code from} up to {@code to}, percent; 100 is in the last.
   */
  record Tenth(int from, int to, long n) {}

  @Override
  public String tableName() {
    return "scores";
  }

  @Override
  public List<String> columns() {
    return List.of("asOf", "exerciseId", "from", "to", "n");
  }

  @Override
  public Stream<List<?>> rows() {
    return scores.stream()
        .map(tenth -> List.of(asOf, exerciseId, tenth.from(), tenth.to(), tenth.n()));
  }
}
