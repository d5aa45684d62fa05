// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.command.MarkdownTable;
import vigie.harness.Tier;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;

/**
 * Some of what {@code deploy/fault-tests/kafka} does, to both steady forms in {@code deploy/test
 * --all}, and to those that {@code -Dvigie.kafka.forms=steady,kraft-steady} names: eight processes
 * leave no room for other tests.
 */
@EnabledIf("isAsked")
class ClusterFaultsIT {

  private static final List<Fault> FAULTS = List.of(Fault.KILL_BROKER, Fault.KILL_LEADER_OF_QUORUM);

  private static final String FORMS =
      System.getProperty(
          "vigie.kafka.forms", Tier.current() == Tier.ALL ? "steady,kraft-steady" : "");

  static boolean isAsked() {
    return !FORMS.isEmpty();
  }

  static Stream<KafkaTopology> forms() {
    return Arrays.stream(FORMS.split(",", -1)).map(KafkaTopology::parse);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void nothingAcknowledgedIsLostWhileABrokerAndTheLeaderOfTheQuorumAreKilled(
      KafkaTopology form, @TempDir Path folder) throws Exception {
    try (KafkaCluster kafka = KafkaCluster.startIn(folder, form)) {
      MarkdownTable pauses = FaultRunner.table();

      Outcome outcome = FaultRunner.of(kafka, form, FAULTS, pauses);

      System.out.println(pauses + "\n" + outcome);
      assertEquals(0, outcome.lost(), outcome::toString);
      assertTrue(outcome.acknowledged().cardinality() > 1_000, outcome::toString);
    }
  }
}
