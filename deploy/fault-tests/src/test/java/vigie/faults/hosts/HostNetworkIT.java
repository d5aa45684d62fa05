// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.faults.hosts.Fault.Kind;
import vigie.stack.workspace.StackException;

/** Hosts that run nothing; skipped where there can be none. */
class HostNetworkIT {

  private static final long NO_PROCESS = 4_194_304L + 1;

  @BeforeAll
  static void hostsArePossible() {
    assumeTrue(HostNetwork.obstacle().isEmpty(), () -> HostNetwork.obstacle().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "ISOLATED, a, a, false, false",
    "DEAF, a, a, false, false",
    "MUTE, a, a, false, false",
    "CUT, a, b, false, true",
    "CUT_ONE_WAY, a, b, false, true",
    "SLOW, a, a, true, true",
    "DUPLICATES, a, a, true, true",
  })
  void aFaultStopsWhatItSaysAndNothingElse(
      Kind kind, String host, String other, boolean between, boolean withTheThird) {
    try (HostNetwork network = HostNetwork.create()) {
      List.of("a", "b", "c").forEach(network::add);
      Fault fault = new Fault(kind, host, other);
      assertReaches(true, network, "a", "b");

      fault.rules(network).forEach(rule -> network.namespaceOf(rule.host()).run(rule.add()));
      assertReaches(between, network, "a", "b");
      assertReaches(withTheThird, network, "a", "c");
      assertReaches(true, network, "b", "c");

      fault.rules(network).forEach(rule -> network.namespaceOf(rule.host()).run(rule.delete()));
      assertReaches(true, network, "a", "b");
    }
  }

  @Test
  void nothingIsLeftOfThisNetworkOrOfOneWhoseProcessWasKilled() {
    String left = NetworkNamespace.create(HostNetwork.PREFIX + NO_PROCESS + "-a").name();
    try (HostNetwork network = HostNetwork.create()) {
      network.add("a");
      assertTrue(NetworkNamespace.all().contains(network.namespaceOf("a").name()));
    }

    String own = HostNetwork.PREFIX + ProcessHandle.current().pid();
    Predicate<String> mine = name -> name.equals(left) || name.startsWith(own);
    assertFalse(NetworkNamespace.all().stream().anyMatch(mine));
  }

  private static void assertReaches(boolean expected, HostNetwork network, String from, String to) {
    if (expected) {
      await(from + " reaches " + to).until(() -> reaches(network, from, to));
    } else {
      assertFalse(reaches(network, from, to), from + " reaches " + to);
    }
  }

  /** By the refusal of a connection, for which nothing listens: what is dropped times out. */
  private static boolean reaches(HostNetwork network, String from, String to) {
    String connect = "timeout 0.5 bash -c '</dev/tcp/%s/9'; [ $? = 1 ]";
    try {
      network.namespaceOf(from).run("bash", "-c", connect.formatted(network.address(to)));
      return true;
    } catch (StackException unanswered) {
      return false;
    }
  }
}
