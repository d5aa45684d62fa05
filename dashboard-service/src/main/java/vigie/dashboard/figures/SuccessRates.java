// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/**
 * The exercises, what is surely low first, then those without a rate. A laptop may name any
 * exercise, so those without a threshold are listed up to a number, the ones with the most results.
 *
 * @param asOf null before any publication
 * @param passMark percent; what is {@code notPassed} is below it
 * @param others what is not listed
 */
record SuccessRates(Instant asOf, Double passMark, List<ExerciseRate> exercises, Others others)
    implements CsvTable {

  /** How many exercises are not listed, and the sums of their figures. */
  record Others(long exercises, long n, long failures) {

    /** What of {@code all} is not in {@code listed}. */
    static Others of(Others all, List<ExerciseRate> listed) {
      return new Others(
          all.exercises() - listed.size(),
          all.n() - listed.stream().mapToLong(ExerciseRate::n).sum(),
          all.failures() - listed.stream().mapToLong(ExerciseRate::failures).sum());
    }
  }

  /** The exercises of this page; all others, also those of other pages, are {@code others}. */
  SuccessRates page(RatesPage page) {
    int from = Math.min(page.offset(), exercises.size());
    int to = Math.min(from + page.limit(), exercises.size());
    List<ExerciseRate> listed = exercises.subList(from, to);
    Others all =
        new Others(
            others.exercises() + exercises.size(),
            others.n() + exercises.stream().mapToLong(ExerciseRate::n).sum(),
            others.failures() + exercises.stream().mapToLong(ExerciseRate::failures).sum());
    return new SuccessRates(asOf, passMark, listed, Others.of(all, listed));
  }

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
        "high",
        "withheld",
        "thresholdChangedAt");
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
                    e.high(),
                    e.withheld(),
                    e.thresholdChange() == null ? null : e.thresholdChange().at()));
  }
}
