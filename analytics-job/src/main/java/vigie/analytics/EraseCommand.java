// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.erasure.ErasureScope;
import vigie.analytics.erasure.StudentErasure;

/** The command that erases a student or days, behind {@code deploy/forget}. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = {"deploy/forget [--] STUDENT", "       deploy/forget --before YYYY-MM-DD"},
    descriptionHeading = "%n",
    description = {
      "Blanks every row about the student, or about any student on a day (UTC) before the date,"
          + " in the tables and files of the archive, and has all figures counted again without"
          + " them. It prints what was removed, and what other systems retain, and for how long."
          + " Nothing has to be stopped.",
      "",
      "Revoke a student's tokens first (deploy/revoke --subject STUDENT), so that nothing new"
          + " comes. With --before figures no longer count those days: export them first if they"
          + " are to be kept.",
      ""
    },
    exitCodeListHeading = AnalyticsJob.EXIT_CODES,
    exitCodeList = {
      "0:no row names the student, or any student of those days, any more",
      "1:a row still does, or it could not be done; the last lines say which",
      "2:wrong arguments, such as a date in the future",
      "3:no row names the student: never there, or forgotten before"
    })
final class EraseCommand implements Callable<Integer> {

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Scope scope;

  private static final class Scope {

    @Parameters(paramLabel = "STUDENT", description = "the id of one student")
    private String student;

    @Option(
        names = "--before",
        paramLabel = "YYYY-MM-DD",
        description = "a date up to today: that day and later ones stay")
    private String before;
  }

  EraseCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    ErasureScope erased = erasureScope();
    return new StudentErasure(AnalyticsConfig.from(environment), System.out).run(erased);
  }

  private ErasureScope erasureScope() {
    try {
      return scope.before == null
          ? ErasureScope.student(scope.student)
          : ErasureScope.before(scope.before, LocalDate.now(ZoneOffset.UTC));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
