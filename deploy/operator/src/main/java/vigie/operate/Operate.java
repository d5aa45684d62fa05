// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Asks Kafka how it is, and moves its copies. */
@Command(
    name = "deploy/operate",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "What an operator of Kafka does. Each verb has its own --help.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:as it should be", "1:not so", "2:could not be found out or done"})
public final class Operate {

  static final int GOOD = 0;
  static final int NOT_GOOD = 1;
  private static final int NOT_DONE = 2;

  private Operate() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out).execute(arguments));
  }

  /** The command, as a person types it, but within this process. */
  public static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new Operate())
        .addSubcommand(new Status(out))
        .addSubcommand(new SafeToRestart(out))
        .addSubcommand(new Rebalance(out))
        .addSubcommand(new Drain(out))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("operate: " + reason(e));
              return NOT_DONE;
            });
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
