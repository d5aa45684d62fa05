// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/**
 * What students do on each page, by kind of activity. A laptop may name any page, so the pages are
 * listed up to a number, the ones with the most activities.
 *
 * @param others what is not listed
 */
record ActivitySummary(Instant asOf, List<PageActivity> activity, OtherPages others)
    implements CsvTable {

  /** How many pages are not listed, and their activities. */
  record OtherPages(long pages, long n) {}

  /**
   * Durations are milliseconds, and null where nothing has one.
   *
   * @param medianDurationMillis right to 1 percent
   * @param p95DurationMillis what 95 of 100 are below, right to 1 percent
   */
  record PageActivity(
      String page,
      String type,
      long n,
      Double meanDurationMillis,
      Double medianDurationMillis,
      Double p95DurationMillis) {

    static PageActivity of(
        String page, String type, long n, double durationMillisSum, Double median, Double p95) {
      Double mean = durationMillisSum > 0 ? durationMillisSum / n : null;
      return new PageActivity(page, type, n, mean, median, p95);
    }
  }

  @Override
  public String tableName() {
    return "activity";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "asOf",
        "page",
        "type",
        "n",
        "meanDurationMillis",
        "medianDurationMillis",
        "p95DurationMillis");
  }

  @Override
  public Stream<List<?>> rows() {
    return activity.stream()
        .map(
            a ->
                Arrays.asList(
                    asOf,
                    a.page(),
                    a.type(),
                    a.n(),
                    a.meanDurationMillis(),
                    a.medianDurationMillis(),
                    a.p95DurationMillis()));
  }
}
