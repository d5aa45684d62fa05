// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import vigie.command.MarkdownTable;
import vigie.stack.kafka.KafkaTopology;

/**
 * What one consumer was given of a load.
 *
 * @param load what had been sent
 * @param test what it read
 * @param costs what the brokers took for it
 */
record Reading(String load, ReadTest test, Costs costs) {

  private static final double MEGABYTE = 1e6;

  static MarkdownTable table() {
    return new MarkdownTable(
        "form", "read by one consumer", "MB/s out of Kafka", "broker CPU-s per GB");
  }

  void addTo(MarkdownTable table, KafkaTopology form) {
    table.add(
        form.toString(),
        load,
        Measurement.number("%.1f", test.bytes() / MEGABYTE / test.seconds()),
        Measurement.number("%.1f", costs.cpuSecondsPerGigabyte(test.bytes())));
  }
}
