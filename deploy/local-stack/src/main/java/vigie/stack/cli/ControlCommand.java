// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vigie.command.Commands;
import vigie.stack.workspace.StackFolder;
import vigie.stack.workspace.WorkingCopy;

/** Asks the {@code deploy/up} that runs here; each subclass is a command of {@code deploy}. */
public abstract sealed class ControlCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--folder", hidden = true, description = "Instead of .vigie.")
  private Optional<Path> folder = Optional.empty();

  private ControlCommand() {}

  /**
   * Runs one of them.
   *
   * @param arguments the name of the command, and what it is given
   */
  public static void main(String[] arguments) {
    ControlCommand command = arguments[0].equals("restart") ? new Restart() : new Status();
    String[] given = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.exit(Commands.complete(new CommandLine(command)).execute(given));
  }

  abstract String request();

  @Override
  public Integer call() throws IOException {
    StackFolder asked = new StackFolder(folder.orElseGet(WorkingCopy::state));
    ControlSocket.Answer answer = ControlSocket.ask(asked, request());
    PrintWriter out = spec.commandLine().getOut();
    answer.lines().forEach(out::println);
    return answer.code();
  }

  @Command(
      name = "deploy/status",
      mixinStandardHelpOptions = true,
      description = {
        "Prints each process, what is behind, and the disk.",
        "",
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:all is as it should be",
        "1:not so, or Vigie does not run here",
        "2:the arguments are wrong"
      })
  static final class Status extends ControlCommand {

    @Override
    String request() {
      return "status";
    }
  }

  @Command(
      name = "deploy/restart",
      mixinStandardHelpOptions = true,
      description = {"Stops a process as deploy/down does, and starts it again.", ""},
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:it is ready again",
        "1:it is not",
        "2:the arguments are wrong",
        "3:there is no such process"
      })
  static final class Restart extends ControlCommand {

    @Parameters(paramLabel = "PROCESS", description = "As deploy/status names it.")
    private String process;

    @Override
    String request() {
      return "restart " + process;
    }
  }
}
