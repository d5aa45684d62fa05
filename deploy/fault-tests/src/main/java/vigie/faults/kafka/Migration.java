// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.command.MarkdownTable;
import vigie.stack.kafka.ClusterSize;
import vigie.stack.kafka.KafkaMigration;
import vigie.stack.workspace.TemporaryFolder;

/** Walks the way from ZooKeeper to KRaft, and says how long each step takes. */
@Command(
    name = "deploy/fault-tests/migration",
    mixinStandardHelpOptions = true,
    description = {
      "Starts Kafka in the form steady and walks deploy/kafka-migration.md on it while records"
          + " flow:",
      "to the form kraft-steady, of the newest Kafka. Exit code 1 when an acknowledged record is",
      "gone, or stored twice."
    },
    usageHelpAutoWidth = true)
public final class Migration implements Callable<Integer> {

  @Option(
      names = "--brokers",
      defaultValue = "5",
      description = "From 3 to 5 (default: ${DEFAULT-VALUE}).")
  private int brokers;

  @Option(
      names = "--quorum",
      defaultValue = "3",
      description = "ZooKeeper servers, and controllers: 1 or 3 (default: ${DEFAULT-VALUE}).")
  private int quorum;

  @Option(names = "--back", description = "Go back from where that is still possible, and again.")
  private boolean back;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Migration()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    MarkdownTable steps = MigrationRun.table();
    try (TemporaryFolder workspace = TemporaryFolder.create("migration");
        KafkaMigration kafka =
            new KafkaMigration(workspace.folder(), new ClusterSize(brokers, quorum))) {
      kafka.start();
      try (MigrationRun migration = new MigrationRun(kafka, steps)) {
        migration.leaveZooKeeper();
        if (back) {
          migration.back();
          migration.leaveZooKeeper();
        }
        migration.finish();
        Outcome outcome = migration.end();
        System.out.printf("%s%n%s%n", steps, outcome);
        return outcome.lost() + outcome.stored().copies() == 0 ? 0 : 1;
      }
    }
  }
}
