// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.util.List;
import java.util.stream.Stream;

/**
 * A rule of the packet filter, or a queue, of one host.
 *
 * @param add the command that sets it
 * @param delete the command that takes it away
 */
record Rule(String host, List<String> add, List<String> delete) {

  /** A rule of the table {@code filter}. */
  static Rule filter(String host, String... rule) {
    return iptables(host, "filter", List.of(rule));
  }

  /** A rule that counts for this share of the packets. */
  static Rule byChance(String host, String table, double share, List<String> rule) {
    List<String> chance =
        List.of("-m", "statistic", "--mode", "random", "--probability", Double.toString(share));
    int target = rule.indexOf("-j");
    return iptables(
        host,
        table,
        Stream.of(rule.subList(0, target), chance, rule.subList(target, rule.size()))
            .flatMap(List::stream)
            .toList());
  }

  /** A queue through which all that the host sends goes. */
  static Rule queue(String host, String... limits) {
    return new Rule(host, queueCommand("add", limits), queueCommand("delete"));
  }

  private static List<String> queueCommand(String verb, String... limits) {
    List<String> queue = List.of("tc", "qdisc", verb, "dev", NetworkNamespace.INTERFACE, "root");
    Stream<String> kind = Stream.of("tbf").filter(one -> limits.length > 0);
    return Stream.of(queue.stream(), kind, Stream.of(limits)).flatMap(one -> one).toList();
  }

  private static Rule iptables(String host, String table, List<String> rule) {
    return new Rule(host, command(table, "-A", rule), command(table, "-D", rule));
  }

  private static List<String> command(String table, String verb, List<String> rule) {
    return Stream.concat(Stream.of("iptables", "-w", "-t", table, verb), rule.stream()).toList();
  }
}
