// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import vigie.benchmark.Table;

/**
 * What one way of sending achieved.
 *
 * @param events how many were accepted
 * @param nanos how long that took
 * @param cpuNanos processor time of ingest-service meanwhile
 * @param times from a request to its answer, microseconds
 */
record Measurement(String title, long events, long nanos, long cpuNanos, Histogram times) {

  static Table table() {
    return new Table(
        "laptops send", "events/s", "MB/s of JSON", "p50 ms", "p99 ms", "CPU-s per million events");
  }

  double eventsPerSecond() {
    return events * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }

  void addTo(Table table, double eventSize) {
    table.add(
        title,
        String.format(Locale.ROOT, "%,.0f", eventsPerSecond()),
        String.format(Locale.ROOT, "%.1f", eventsPerSecond() * eventSize / 1_000_000),
        millis(times.getValueAtPercentile(50)),
        millis(times.getValueAtPercentile(99)),
        String.format(Locale.ROOT, "%.2f", cpuNanos / 1000.0 / events));
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f", micros / 1000.0);
  }
}
