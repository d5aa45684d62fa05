// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import vigie.benchmark.ProcessCost;
import vigie.command.MarkdownTable;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.process.ManagedProcess;

/**
 * The processes of a cluster.
 *
 * @param brokers resident bytes of each
 * @param quorum resident bytes of each ZooKeeper server or controller
 */
record Census(List<Long> brokers, List<Long> quorum) {

  private static final double MEGABYTE = 1e6;

  static Census of(KafkaCluster kafka) throws IOException {
    return new Census(residents(kafka.brokers()), residents(kafka.quorum()));
  }

  static MarkdownTable table() {
    return new MarkdownTable(
        "form", "start, s", "brokers", "MB each", "ZooKeeper or controllers", "MB each ");
  }

  void addTo(MarkdownTable table, KafkaTopology form, Duration start) {
    table.add(
        form.toString(),
        ClusterBenchmark.seconds(start),
        Integer.toString(brokers.size()),
        megabytes(brokers),
        Integer.toString(quorum.size()),
        quorum.isEmpty() ? "-" : megabytes(quorum));
  }

  private static List<Long> residents(List<? extends ManagedProcess> parts) throws IOException {
    long[] bytes = new long[parts.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = new ProcessCost(parts.get(i).process().pid()).residentBytes();
    }
    return Arrays.stream(bytes).boxed().toList();
  }

  private static String megabytes(List<Long> bytes) {
    double mean = bytes.stream().mapToLong(one -> one).average().orElseThrow();
    return String.format(Locale.ROOT, "%.0f", mean / MEGABYTE);
  }
}
