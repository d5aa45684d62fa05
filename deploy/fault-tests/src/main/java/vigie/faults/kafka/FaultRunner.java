// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import vigie.command.MarkdownTable;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.kafka.QuorumMember;

/** Faults on a cluster under load, and the proof that it keeps what it acknowledged. */
final class FaultRunner {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final double SECOND = 1e9;

  private final KafkaCluster kafka;
  private final NumberedProducer flow;

  private FaultRunner(KafkaCluster kafka, NumberedProducer flow) {
    this.kafka = kafka;
    this.flow = flow;
  }

  /**
   * Plays these faults one after the other.
   *
   * @param table gets a row for each
   * @return what Kafka holds in the end, and what it had acknowledged
   */
  static Outcome of(KafkaCluster kafka, KafkaTopology form, List<Fault> faults, MarkdownTable table)
      throws Exception {
    try (NumberedProducer flow = new NumberedProducer(kafka.bootstrapServers())) {
      FaultRunner runner = new FaultRunner(kafka, flow);
      runner.awaitFlow();
      for (Fault fault : faults) {
        long calm = flow.longestPause();
        long began = System.nanoTime();
        fault.play(runner);
        table.add(
            form.toString(),
            fault.toString(),
            seconds(calm),
            seconds(flow.longestPause()),
            seconds(System.nanoTime() - began));
      }
      runner.awaitFlow();
      flow.end();
      return new Outcome(flow.acknowledged(), StoredRecords.in(kafka.bootstrapServers()));
    }
  }

  static MarkdownTable table() {
    return new MarkdownTable(
        "form",
        "fault",
        "longest pause before, s",
        "longest pause of a partition, s",
        "s until whole again");
  }

  KafkaCluster kafka() {
    return kafka;
  }

  /** Returns once every partition acknowledges, no matter which process is away. */
  void awaitFlow() throws Exception {
    flow.watch();
    await("records flow to every partition", flow::flowsEverywhere);
  }

  /** Returns once every process is at work and every copy up to date. */
  void awaitWhole() throws Exception {
    for (QuorumMember member : kafka.quorum()) {
      member.awaitReady();
    }
    await("every copy is up to date", kafka::isInSync);
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(TIMEOUT).pollInterval(POLL_INTERVAL).until(condition);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / SECOND);
  }
}
