// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vigie.audit.Audit;
import vigie.command.Commands;

/** Ends an exam: nothing is taken any more, all that was taken is counted, proven and signed. */
@Command(
    name = "deploy/close-exam",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ends an exam. ingest-service answers 503 exam-closed; once all that it took is judged, archived",
      "and counted, the archive is audited, and all figures are exported with a signed report to",
      ".vigie/exams/NAME. The archive stays; figures begin at 0. deploy/open-exam begins the next exam.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the exam is closed and its report is signed",
      "1:not yet, and the last line says why; run the command again",
      "2:the arguments are wrong"
    })
public final class CloseExam implements Callable<Integer> {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  private final ExamSettings settings;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Of the exam, and of the folder of its report.")
  private String name;

  @Mixin private DeadlineOption within;

  private CloseExam(ExamSettings settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) {
    CloseExam command = new CloseExam(new ExamSettings(System.getenv()));
    System.exit(Commands.complete(new CommandLine(command)).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (!name.matches(NAME)) {
      throw new ParameterException(
          spec.commandLine(), "NAME has letters, digits and . _ - only, 64 at most");
    }
    Deadline deadline = within.deadline();
    Figures figures = settings.figures();
    IngestClosure ingest = settings.ingest();
    Path folder = settings.reports().resolve(name);
    Path incomplete = folder.resolveSibling("." + name);
    Optional<Instant> closed = figures.endOf(name);
    if (closed.isPresent() && !(ingest.isOrdered() && closed.equals(figures.lastEnd()))) {
      throw new IllegalStateException(
          "an exam %s ended at %s; give this one another name".formatted(name, closed.get()));
    }
    if (closed.isEmpty() && Files.exists(folder)) {
      throw new IllegalStateException(folder + " is there; give this exam another name");
    }
    Instant end = closed.isPresent() ? closed.get() : close(figures, ingest, incomplete, deadline);
    if (Files.exists(incomplete)) {
      Files.move(incomplete, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    say("waiting for analytics-job to begin the figures of the next exam");
    deadline.await(() -> figures.arePublished(end), "analytics-job publishes no new figures");
    say("the exam %s is closed; its figures and its report are in %s".formatted(name, folder));
    say("deploy/open-exam begins the next exam");
    return 0;
  }

  /** The exam is closed once PostgreSQL has it: the folder is complete then, and gets its name. */
  private Instant close(Figures figures, IngestClosure ingest, Path folder, Deadline deadline)
      throws Exception {
    say("waiting for ingest-service to answer what it has taken");
    ingest.close(name, deadline);
    Instant end;
    try (EventLogs kafka = settings.kafka()) {
      say("waiting for alert-service to judge all results");
      deadline.await(kafka::areEvaluated, "alert-service has not judged all results");
      end = kafka.end();
    }
    if (figures.lastEnd().filter(last -> !last.isBefore(end)).isPresent()) {
      throw new IllegalStateException(
          "no event has come since the last exam ended; deploy/open-exam lets this one go on");
    }
    say("waiting for figures of all events before " + end);
    deadline.await(() -> figures.arePublished(end), "the figures are not as of " + end);
    String audit = audit(deadline);
    say("the archive is exact; exporting the figures");
    write(figures, folder, end, audit);
    figures.close(name, end);
    return end;
  }

  /** Of topics that no figures are made of, records may be behind at first. */
  private static String audit(Deadline deadline) throws Exception {
    StringBuilder printed = new StringBuilder();
    deadline.await(
        () -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          int code =
              Audit.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8))
                  .execute("--nothing-behind");
          printed.setLength(0);
          printed.append(out.toString(StandardCharsets.UTF_8));
          return code == 0;
        },
        "the archive is not exact, see deploy/audit --nothing-behind");
    return printed.toString();
  }

  private void write(Figures figures, Path folder, Instant end, String audit) throws Exception {
    delete(folder);
    Files.createDirectories(folder);
    ExamFigures exported = figures.export(folder);
    new ExamReport(name, end, exported, audit).write(folder, ReportKey.readOrMake(settings.key()));
    for (Path file : files(folder)) {
      try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
        written.force(true);
      }
    }
  }

  /** What an interrupted command left. */
  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : files(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
