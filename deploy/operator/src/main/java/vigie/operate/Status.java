// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how Kafka is. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Prints topics, brokers with their disks, and how far behind the groups are.",
      "The exit code is 1 when copies are missing, records are refused, a broker is absent, or a",
      "disk is too full.",
      ""
    })
final class Status implements Callable<Integer> {

  @Mixin private Access access;

  @Option(
      names = "--disk",
      paramLabel = "PERCENT",
      defaultValue = "80",
      description = "More than this of a disk is too much. Default: ${DEFAULT-VALUE}.")
  private int disk;

  private final PrintStream out;

  Status(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    try (Admin admin = access.admin()) {
      Cluster cluster = Cluster.read(admin);
      List<Disk> disks = Disk.read(admin, cluster.brokers().keySet());
      printTopics(cluster);
      printBrokers(cluster, disks);
      printGroups(Lag.read(admin));
      List<String> faults = faults(cluster, disks);
      faults.forEach(out::println);
      return faults.isEmpty() ? Operate.GOOD : Operate.NOT_GOOD;
    }
  }

  private List<String> faults(Cluster cluster, List<Disk> disks) {
    List<String> faults = new ArrayList<>();
    cluster.absent().forEach(broker -> faults.add("broker %d is absent".formatted(broker)));
    add(faults, cluster, "without a leader", Copies::isOffline);
    add(faults, cluster, "records are refused, too few copies in sync", Copies::isBelowRequired);
    add(faults, cluster, "copies are missing or behind", one -> !one.isWhole());
    for (Disk one : disks) {
      one.fault(disk).ifPresent(faults::add);
    }
    return faults;
  }

  private static void add(
      List<String> faults, Cluster cluster, String what, Predicate<Copies> isSo) {
    List<Copies> found = cluster.partitions().stream().filter(isSo).toList();
    if (!found.isEmpty()) {
      faults.add(
          "%s: %s"
              .formatted(
                  what, found.stream().map(one -> one.partition().toString()).sorted().toList()));
    }
  }

  private void printTopics(Cluster cluster) {
    Map<String, List<Copies>> topics = new TreeMap<>();
    for (Copies one : cluster.partitions()) {
      topics.computeIfAbsent(one.partition().topic(), topic -> new ArrayList<>()).add(one);
    }
    out.printf(
        "%-48s %10s %8s %8s %8s%n", "topic", "partitions", "not whole", "refusing", "offline");
    topics.forEach(
        (topic, all) ->
            out.printf(
                "%-48s %10d %8d %8d %8d%n",
                topic,
                all.size(),
                count(all, one -> !one.isWhole()),
                count(all, Copies::isBelowRequired),
                count(all, Copies::isOffline)));
  }

  private void printBrokers(Cluster cluster, List<Disk> disks) {
    out.printf(
        "%n%-8s %-12s %8s %8s %12s %10s %s%n",
        "broker", "rack", "copies", "leads", "MB", "disk used", "folder");
    for (Disk one : disks) {
      List<Copies> all = cluster.partitions();
      out.printf(
          "%-8s %-12s %8d %8d %12d %9d%% %s%n",
          one.broker() == cluster.controller() ? one.broker() + "*" : one.broker(),
          cluster.brokers().get(one.broker()),
          count(all, copies -> copies.brokers().contains(one.broker())),
          count(all, copies -> copies.leader() == one.broker()),
          one.megabytes(),
          one.percentUsed(),
          one.folder());
    }
    out.println("* answers for the controller");
  }

  private void printGroups(List<Lag> lags) {
    out.printf("%n%-48s %-32s %12s%n", "group", "topic", "behind");
    for (Lag lag : lags) {
      out.printf("%-48s %-32s %12d%n", lag.group(), lag.topic(), lag.records());
    }
  }

  private static long count(List<Copies> all, Predicate<Copies> isSo) {
    return all.stream().filter(isSo).count();
  }
}
