// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.util.List;

/**
 * What is done to a host, until it is undone.
 *
 * @param other the other host, of a cut between two; else the same
 */
record Fault(Kind kind, String host, String other) {

  /** The kinds of faults. */
  enum Kind {
    /** Nothing reaches the host, and nothing that it sends arrives. */
    ISOLATED,
    /** Nothing reaches the host. */
    DEAF,
    /** Nothing that the host sends arrives. */
    MUTE,
    /** Two hosts do not reach each other. */
    CUT,
    /** What the other host sends does not reach this one. */
    CUT_ONE_WAY,
    /** A fifth of the packets is lost, each way. */
    LOSS,
    /** A third of what the host sends arrives twice. */
    DUPLICATES,
    /** The host sends a few KB a second: packets wait, and are dropped when too many do. */
    SLOW,
    /** Its processes get SIGKILL, and are started at the end. */
    KILLED,
    /** Its processes get SIGSTOP, and SIGCONT at the end. */
    FROZEN;

    /** Those by which the others do without the host, so that the rest must go on. */
    static final List<Kind> WHOLE = List.of(ISOLATED, DEAF, MUTE, KILLED, FROZEN);

    /** At most one of them at a time on a host. */
    boolean isOfProcesses() {
      return this == KILLED || this == FROZEN;
    }
  }

  static Fault of(Kind kind, String host) {
    return new Fault(kind, host, host);
  }

  /** What plays it on the network; nothing if it is one of processes. */
  List<Rule> rules(HostNetwork network) {
    Rule deaf = Rule.filter(host, "INPUT", "-i", NetworkNamespace.INTERFACE, "-j", "DROP");
    Rule mute = Rule.filter(host, "OUTPUT", "-o", NetworkNamespace.INTERFACE, "-j", "DROP");
    return switch (kind) {
      case ISOLATED -> List.of(deaf, mute);
      case DEAF -> List.of(deaf);
      case MUTE -> List.of(mute);
      case CUT -> List.of(cut(network, host, other), cut(network, other, host));
      case CUT_ONE_WAY -> List.of(cut(network, host, other));
      case LOSS -> List.of(loss("INPUT", "-i"), loss("OUTPUT", "-o"));
      case DUPLICATES ->
          network.names().stream()
              .filter(name -> !name.equals(host))
              .map(name -> duplicates(network.address(name)))
              .toList();
      case SLOW -> List.of(Rule.queue(host, "rate", "256kbit", "burst", "4kb", "latency", "400ms"));
      case KILLED, FROZEN -> List.of();
    };
  }

  private static Rule cut(HostNetwork network, String at, String from) {
    return Rule.filter(at, "INPUT", "-s", network.address(from), "-j", "DROP");
  }

  private Rule loss(String chain, String direction) {
    return Rule.byChance(
        host, "filter", 0.2, List.of(chain, direction, NetworkNamespace.INTERFACE, "-j", "DROP"));
  }

  private Rule duplicates(String to) {
    return Rule.byChance(
        host, "mangle", 0.33, List.of("OUTPUT", "-d", to, "-j", "TEE", "--gateway", to));
  }

  @Override
  public String toString() {
    return host.equals(other) ? host + " " + kind : "%s %s %s".formatted(host, kind, other);
  }
}
