// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vigie.command.Commands;

/** Begins the exam that follows a closed one. */
@Command(
    name = "deploy/open-exam",
    mixinStandardHelpOptions = true,
    description = {
      "Has ingest-service take events again, after deploy/close-exam. If that did not end, the exam",
      "goes on; else the figures of a new one begin at 0.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ingest-service takes events",
      "1:it does not, and the last line says why",
      "2:the arguments are wrong"
    })
public final class OpenExam implements Callable<Integer> {

  private final ExamSettings settings;

  @Spec private CommandSpec spec;

  @Mixin private DeadlineOption within;

  private OpenExam(ExamSettings settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) {
    OpenExam command = new OpenExam(new ExamSettings(System.getenv()));
    System.exit(Commands.complete(new CommandLine(command)).execute(arguments));
  }

  /** The figures of the closed exam are out of the way first: nothing is added to them. */
  @Override
  public Integer call() throws Exception {
    Deadline deadline = within.deadline();
    Figures figures = settings.figures();
    Optional<Instant> last = figures.lastEnd();
    if (last.isPresent()) {
      Instant end = last.get();
      deadline.await(() -> figures.arePublished(end), "analytics-job publishes no new figures");
    }
    settings.ingest().open(deadline);
    spec.commandLine().getOut().println("the exam is open; ingest-service takes events");
    return 0;
  }
}
