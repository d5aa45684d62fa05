// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What all commands have in common: durations, and one line for what is wrong. The exit code is 2
 * for wrong arguments, 3 for a name that nothing has, and 1 for a failure, unless the command's
 * annotation says otherwise.
 */
public final class Commands {

  /** The exit code of a command that was given a name or number that nothing has. */
  public static final int UNKNOWN_NAME = 3;

  /** Wider than a terminal's 80 columns: an example to copy has to stay on one line. */
  private static final int WIDTH = 100;

  private Commands() {}

  /** Completes a command. Its subcommands have to be added before. */
  public static CommandLine complete(CommandLine command) {
    return command
        .registerConverter(Duration.class, new DurationConverter())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // The id of a student may begin with @, which names no file of arguments, or be --help.
        .setExpandAtFiles(false)
        .setAllowOptionsAsOptionParameters(true)
        .setUsageHelpWidth(WIDTH)
        .setParameterExceptionHandler(Commands::refuse)
        .setExecutionExceptionHandler(Commands::report);
  }

  private static int refuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.printf("%s: %s%n", name(command), e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("see %s --help%n", command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int report(Exception e, CommandLine command, ParseResult parsed) {
    command.getErr().printf("%s: %s%n", name(command), reason(e));
    if (e instanceof UnknownNameException) {
      return UNKNOWN_NAME;
    }
    return root(command).getCommandSpec().exitCodeOnExecutionException();
  }

  /** What a message begins with: {@code up} for {@code deploy/up}. */
  private static String name(CommandLine command) {
    String name = root(command).getCommandName();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static CommandLine root(CommandLine command) {
    return command.getParent() == null ? command : root(command.getParent());
  }

  private static String reason(Exception e) {
    Throwable first =
        e instanceof ExecutionException && e.getCause() != null ? e.getCause() : (Throwable) e;
    Throwable last = first;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String what = first.getMessage() == null ? first.toString() : first.getMessage();
    return last == first ? what : "%s (%s)".formatted(what, last);
  }
}
