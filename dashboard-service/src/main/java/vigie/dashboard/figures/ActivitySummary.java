// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import vigie.dashboard.http.CsvTable;

/** What students do on each page, by kind of activity. */
record ActivitySummary(Instant asOf, List<PageActivity> activity) implements CsvTable {

  /** {@code meanDurationMillis} is null where nothing has a duration. */
  record PageActivity(String page, String type, long n, Double meanDurationMillis) {

    static PageActivity of(String page, String type, long n, double durationMillisSum) {
      return new PageActivity(page, type, n, durationMillisSum > 0 ? durationMillisSum / n : null);
    }
  }

  @Override
  public String tableName() {
    return "activity";
  }

  @Override
  public List<String> columns() {
    return List.of("asOf", "page", "type", "n", "meanDurationMillis");
  }

  @Override
  public Stream<List<?>> rows() {
    return activity.stream()
        .map(a -> java.util.Arrays.asList(asOf, a.page(), a.type(), a.n(), a.meanDurationMillis()));
  }
}
