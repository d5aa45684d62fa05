// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.time.Duration;
import java.util.Locale;
import java.util.NavigableMap;
import vigie.benchmark.Scrape;
import vigie.benchmark.ThreadCosts;
import vigie.command.MarkdownTable;

/** What explains a measurement. */
final class Details {

  private Details() {}

  /** Processor time by the parts of the service; it adds up to that of the whole process. */
  static MarkdownTable parts(Measurement measurement, ThreadCosts threads) {
    MarkdownTable table = new MarkdownTable("part of alert-service", "CPU-s per million events");
    Duration rest = measurement.cost().cpu();
    for (ServiceComponent part : ServiceComponent.values()) {
      Duration cpu = threads.of(part.threads());
      table.add(part.title(), perMillion(cpu, measurement.events()));
      rest = rest.minus(cpu);
    }
    table.add("everything else", perMillion(rest, measurement.events()));
    return table;
  }

  static MarkdownTable fence(NavigableMap<Double, Double> latency) {
    MarkdownTable table = new MarkdownTable("fenced reads", "p50 ms", "p99 ms");
    table.add(
        String.format(Locale.ROOT, "%,.0f", latency.lastEntry().getValue()),
        String.format(Locale.ROOT, "%.1f", 1000 * Scrape.quantile(latency, 0.50)),
        String.format(Locale.ROOT, "%.1f", 1000 * Scrape.quantile(latency, 0.99)));
    return table;
  }

  static MarkdownTable batches(NavigableMap<Double, Double> sizes) {
    MarkdownTable table = new MarkdownTable("results judged by one fenced read", "batches");
    double below = 0;
    for (var bucket : sizes.entrySet()) {
      if (bucket.getValue() > below) {
        table.add(
            bucket.getKey().isInfinite()
                ? "more"
                : String.format(Locale.ROOT, "up to %,.0f", bucket.getKey()),
            String.format(Locale.ROOT, "%,.0f", bucket.getValue() - below));
      }
      below = bucket.getValue();
    }
    return table;
  }

  private static String perMillion(Duration cpu, long events) {
    return String.format(Locale.ROOT, "%.2f", cpu.toNanos() / 1000.0 / events);
  }
}
