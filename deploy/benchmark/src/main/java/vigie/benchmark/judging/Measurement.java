// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.util.Locale;
import vigie.benchmark.ProcessCost;
import vigie.command.MarkdownTable;

/**
 * What it took to judge a number of results.
 *
 * @param nanos until all were judged and committed
 * @param cost of the whole process, until everything that follows from them was done too
 */
record Measurement(long events, long nanos, ProcessCost.Account cost) {

  static MarkdownTable table() {
    return new MarkdownTable(
        "results judged by",
        "raise an alert",
        "events/s",
        "CPU-s per million events",
        "of it the compiler's");
  }

  double eventsPerSecond() {
    return events * 1e9 / nanos;
  }

  void addTo(MarkdownTable table, String judge, double below) {
    table.add(
        judge,
        String.format(Locale.ROOT, "%.0f %%", below),
        String.format(Locale.ROOT, "%,.0f", eventsPerSecond()),
        String.format(Locale.ROOT, "%.2f", cost.cpu().toNanos() / 1000.0 / events),
        String.format(Locale.ROOT, "%.0f %%", 100 * cost.compilerShare()));
  }
}
