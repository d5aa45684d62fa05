// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import vigie.benchmark.ProcessCost;
import vigie.command.MarkdownTable;

/**
 * What one way of sending to one gateway achieved.
 *
 * @param nanos how long it was measured
 * @param account of the gateway's process meanwhile
 * @param times from a request to its answer, microseconds
 */
record Measurement(
    Form form, String gateway, long nanos, ProcessCost.Account account, Histogram times) {

  static MarkdownTable table() {
    return new MarkdownTable(
        "laptops send",
        "to",
        "events/s",
        "MB/s of JSON",
        "p50 ms",
        "p99 ms",
        "CPU-s per million events",
        "of it the compiler's");
  }

  double eventsPerSecond() {
    return events() * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }

  /** Processor time of the gateway, seconds per million events. */
  double cost() {
    return account.cpu().toNanos() / 1000.0 / events();
  }

  void addTo(MarkdownTable table, double eventSize) {
    table.add(
        form.title(),
        gateway,
        String.format(Locale.ROOT, "%,.0f", eventsPerSecond()),
        String.format(Locale.ROOT, "%.1f", eventsPerSecond() * eventSize / 1_000_000),
        millis(times.getValueAtPercentile(50)),
        millis(times.getValueAtPercentile(99)),
        String.format(Locale.ROOT, "%.2f", cost()),
        String.format(Locale.ROOT, "%.0f %%", 100 * account.compilerShare()));
  }

  /** Both together, of the same form and gateway. */
  Measurement plus(Measurement other) {
    Histogram both = times.copy();
    both.add(other.times);
    return new Measurement(form, gateway, nanos + other.nanos, account.plus(other.account), both);
  }

  private long events() {
    return times.getTotalCount() * form.events();
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f", micros / 1000.0);
  }
}
