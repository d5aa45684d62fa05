// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.command.MarkdownTable;
import vigie.faults.harness.KafkaTopologyConverter;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.workspace.TemporaryFolder;

/** Kills and restarts the processes of Kafka, and proves that it keeps what it acknowledged. */
@Command(
    name = "deploy/fault-tests/kafka",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the steady forms of Kafka, then kills and restarts their processes while numbered",
      "records flow. Exit code 1 when an acknowledged record is gone."
    },
    usageHelpAutoWidth = true)
public final class KafkaFaults implements Callable<Integer> {

  private static final List<Fault> FAULTS =
      List.of(
          Fault.KILL_BROKER, Fault.KILL_BROKER, Fault.KILL_LEADER_OF_QUORUM, Fault.ROLLING_RESTART);

  @Option(
      names = "--forms",
      split = ",",
      converter = KafkaTopologyConverter.class,
      description = "Default: kraft-steady,steady.")
  private List<KafkaTopology> forms =
      Arrays.stream(KafkaTopology.values()).filter(KafkaTopology::isSteady).toList();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new KafkaFaults()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    MarkdownTable pauses = FaultRunner.table();
    int lost = 0;
    for (KafkaTopology form : forms) {
      try (TemporaryFolder workspace = TemporaryFolder.create("kafka-" + form);
          KafkaCluster kafka = KafkaCluster.startIn(workspace.folder(), form)) {
        Outcome outcome = FaultRunner.of(kafka, form, FAULTS, pauses);
        System.out.println(form + ": " + outcome);
        lost += outcome.lost();
      }
    }
    System.out.println(pauses);
    return lost == 0 ? 0 : 1;
  }
}
