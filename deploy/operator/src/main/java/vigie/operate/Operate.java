// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vigie.command.Commands;
import vigie.command.UnknownNameException;

/** Asks Kafka how it is, and moves its copies. */
@Command(
    name = "deploy/operate",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "What an operator of Kafka does. Each verb has its own --help.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:as it should be",
      "1:not so",
      "2:could not be found out or done, or the arguments are wrong",
      "3:there is no such broker"
    },
    exitCodeOnExecutionException = Operate.NOT_DONE)
public final class Operate {

  static final int GOOD = 0;
  static final int NOT_GOOD = 1;
  static final int NOT_DONE = 2;

  private Operate() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out).execute(arguments));
  }

  /** A broker that is not there and has no copies was never there: its number is a typing error. */
  static void requireKnown(int broker, Cluster cluster) {
    if (!cluster.known().contains(broker)) {
      throw new UnknownNameException(
          "there is no broker %d; the brokers are %s".formatted(broker, cluster.known()));
    }
  }

  /** The command, as a person types it, but within this process. */
  public static CommandLine commandLine(PrintStream out) {
    return Commands.complete(
        new CommandLine(new Operate())
            .addSubcommand(new Status(out))
            .addSubcommand(new SafeToRestart(out))
            .addSubcommand(new Rebalance(out))
            .addSubcommand(new Drain(out)));
  }
}
