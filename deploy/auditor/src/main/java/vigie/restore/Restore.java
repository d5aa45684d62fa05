// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.restore;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vigie.command.Commands;

/** Brings back what was lost, from what is still there. */
@Command(
    name = "deploy/restore",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "catalog | hadoop-catalog",
    description = {"Brings back what was lost, from what is still there.", ""})
public final class Restore {

  private Restore() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out).execute(arguments));
  }

  /** The command, as a person types it, but within this process. */
  public static CommandLine commandLine(PrintStream out) {
    return Commands.complete(
        new CommandLine(new Restore())
            .addSubcommand(new RestoreCatalog(out))
            .addSubcommand(new ExportToHadoopCatalog(out)));
  }
}
