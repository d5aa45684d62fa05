// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.util.Locale;
import vigie.command.MarkdownTable;

/**
 * What a cluster made of one load.
 *
 * @param form of Kafka
 * @param load what was sent
 * @param bytes keys and values as the producer was given them
 * @param json what they were as JSON over HTTP; the same where they never were
 * @param seconds from the first send to the last acknowledgement
 * @param p99Millis from a send to its acknowledgement, the sender's own queue included
 * @param costs what it took
 */
record Measurement(
    String form,
    String load,
    long bytes,
    long json,
    double seconds,
    double p99Millis,
    Costs costs) {

  private static final double MEGABYTE = 1e6;

  static MarkdownTable table() {
    return new MarkdownTable(
        "form",
        "load",
        "MB/s into Kafka",
        "MB/s as JSON",
        "p99 ms",
        "broker CPU-s per GB",
        "of it the compiler's",
        "per GB as JSON",
        "disk bytes per byte",
        "network bytes per byte");
  }

  void addTo(MarkdownTable table) {
    table.add(
        form,
        load,
        number("%.1f", bytes / MEGABYTE / seconds),
        json == bytes ? "-" : number("%.1f", json / MEGABYTE / seconds),
        number("%.0f", p99Millis),
        number("%.1f", costs.cpuSecondsPerGigabyte(bytes)),
        number("%.0f %%", 100 * costs.brokers().compilerShare()),
        json == bytes ? "-" : number("%.1f", costs.cpuSecondsPerGigabyte(json)),
        number("%.2f", (double) costs.diskBytes() / bytes),
        number("%.2f", (double) costs.networkBytes() / bytes));
  }

  static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
