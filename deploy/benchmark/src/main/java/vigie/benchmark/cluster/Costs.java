// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ReplicaInfo;
import vigie.benchmark.ProcessCost;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaNode;

/**
 * What a cluster has taken so far.
 *
 * @param brokers processor time of all of them
 * @param diskBytes of all copies of a topic
 * @param networkBytes that all processes of this machine have sent over its loopback interface
 */
record Costs(ProcessCost.Account brokers, long diskBytes, long networkBytes) {

  private static final double GIGABYTE = 1e9;
  private static final double SECOND = 1e9;
  private static final Pattern LOOPBACK = Pattern.compile("(?m)^ *lo: *(\\d+)");

  static Costs of(KafkaCluster kafka, String topic)
      throws IOException, ExecutionException, InterruptedException {
    return new Costs(brokers(kafka), diskBytes(kafka, topic), loopbackBytes());
  }

  Costs since(Costs before) {
    return new Costs(
        brokers.since(before.brokers),
        diskBytes - before.diskBytes,
        networkBytes - before.networkBytes);
  }

  /** Processor time of the brokers, in seconds for each gigabyte of so many bytes. */
  double cpuSecondsPerGigabyte(long bytes) {
    return brokers.cpu().toNanos() / SECOND / (bytes / GIGABYTE);
  }

  /** Processor time of all brokers so far. */
  static ProcessCost.Account brokers(KafkaCluster kafka) throws IOException {
    ProcessCost.Account all = ProcessCost.Account.NONE;
    for (KafkaNode broker : kafka.brokers()) {
      all = all.plus(new ProcessCost(broker.process().pid()).account());
    }
    return all;
  }

  private static long diskBytes(KafkaCluster kafka, String topic)
      throws ExecutionException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      return admin
          .describeLogDirs(kafka.brokers().stream().map(KafkaNode::id).toList())
          .allDescriptions()
          .get()
          .values()
          .stream()
          .flatMap(folders -> folders.values().stream())
          .flatMap(folder -> folder.replicaInfos().entrySet().stream())
          .filter(copy -> copy.getKey().topic().equals(topic))
          .map(Map.Entry::getValue)
          .mapToLong(ReplicaInfo::size)
          .sum();
    }
  }

  private static long loopbackBytes() throws IOException {
    Matcher loopback = LOOPBACK.matcher(Files.readString(Path.of("/proc/net/dev")));
    if (!loopback.find()) {
      throw new IOException("this machine has no loopback interface lo");
    }
    return Long.parseLong(loopback.group(1));
  }
}
