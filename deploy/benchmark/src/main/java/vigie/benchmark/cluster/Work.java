// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.ThreadCosts;
import vigie.command.MarkdownTable;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.kafka.KafkaTopology;

/**
 * Where the processor time of a cluster goes, by what the threads of its brokers are for.
 *
 * @param threads of each broker, so far
 * @param brokers all that they have used, ended threads and the JVM's own included
 * @param sender this process
 */
record Work(List<ThreadCosts> threads, Duration brokers, Duration sender) {

  private static final double GIGABYTE = 1e9;
  private static final double SECOND = 1e9;

  private static final Pattern NETWORK =
      Pattern.compile("data-plane-kafka-(network-thread|socket-acceptor).*");
  private static final Pattern REQUESTS = Pattern.compile("data-plane-kafka-request-handler.*");
  private static final Pattern COPIES = Pattern.compile("ReplicaFetcherThread.*");
  private static final Pattern JVM = Pattern.compile("C[12] CompilerThread.*|VM Thread");

  static Work of(KafkaCluster kafka) throws IOException {
    List<ThreadCosts> threads = new ArrayList<>();
    for (KafkaNode broker : kafka.brokers()) {
      threads.add(ThreadCosts.of(broker.process().pid()));
    }
    return new Work(
        threads, Costs.brokers(kafka).cpu(), new ProcessCost(ProcessHandle.current().pid()).cpu());
  }

  Work since(Work before) {
    List<ThreadCosts> since = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      since.add(threads.get(i).since(before.threads.get(i)));
    }
    return new Work(since, brokers.minus(before.brokers), sender.minus(before.sender));
  }

  static MarkdownTable table() {
    return new MarkdownTable(
        "CPU-s per GB as JSON",
        "the sender",
        "sockets of brokers",
        "requests",
        "copies",
        "compiler, collector",
        "the rest");
  }

  /**
   * @param json bytes of what was sent meanwhile
   */
  void addTo(MarkdownTable table, KafkaTopology form, long json) {
    Duration named = Duration.ZERO;
    List<String> row = new ArrayList<>(List.of(form.toString(), perGigabyte(sender, json)));
    for (Pattern kind : List.of(NETWORK, REQUESTS, COPIES, JVM)) {
      Duration cpu = of(kind);
      row.add(perGigabyte(cpu, json));
      named = named.plus(cpu);
    }
    row.add(perGigabyte(brokers.minus(named), json));
    table.add(row.toArray(String[]::new));
  }

  private Duration of(Pattern kind) {
    return threads.stream().map(one -> one.of(kind)).reduce(Duration.ZERO, Duration::plus);
  }

  private static String perGigabyte(Duration cpu, long json) {
    return Measurement.number("%.1f", cpu.toNanos() / SECOND / (json / GIGABYTE));
  }
}
