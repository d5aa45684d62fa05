// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vigie.command.Commands;
import vigie.stack.security.Certificates;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;
import vigie.stack.workspace.WorkingCopy;

/** Ends the certificates of {@code deploy/up --secure}, for instance because a key was stolen. */
@Command(
    name = "deploy/renew",
    mixinStandardHelpOptions = true,
    description = {
      "Has the next deploy/up --secure make new keys and certificates.",
      "It makes them by itself 60 days before they end. Those of an operator stay.",
      "",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:Vigie runs here", "2:the arguments are wrong"})
final class Renew implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--folder", hidden = true, description = "Instead of .vigie.")
  private Optional<Path> folder = Optional.empty();

  public static void main(String[] arguments) {
    System.exit(Commands.complete(new CommandLine(new Renew())).execute(arguments));
  }

  /** Not while Vigie runs: its processes would go on with the old ones, and commands fail. */
  @Override
  public Integer call() throws IOException {
    StackFolder stack = new StackFolder(folder.orElseGet(WorkingCopy::state));
    try {
      PidFile alone = PidFile.set(stack);
      try {
        Certificates.discardIn(stack.data("keys"));
      } finally {
        alone.close();
      }
      return 0;
    } catch (StackException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
