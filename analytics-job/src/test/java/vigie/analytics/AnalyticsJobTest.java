// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line: the environment is empty, so that no verb gets to its work. */
class AnalyticsJobTest {

  private final StringWriter printed = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forget",
        "forget --before",
        "forget --after 2025-01-31",
        "forget s-17 s-18",
        "forget s-17 --before 2025-01-31",
        "forget --before 2025-01-31 s-17",
        "forget --before 2025-02-29",
        "forget --before 9999-01-01",
        "recompute --swop",
        "maintain now",
        "drive"
      })
  void wrongArgumentsGiveTwo(String arguments) {
    assertEquals(2, run(arguments.split(" ", 0)), this::text);
  }

  @Test
  void aBlankStudentIsAWrongArgument() {
    assertEquals(2, run("forget", ""), this::text);
    assertEquals(2, run("forget", " "), this::text);
  }

  @ParameterizedTest
  @CsvSource({
    "-h, Usage: analytics-job",
    "forget -h, Usage: deploy/forget [--] STUDENT",
    "forget --help, deploy/forget --before YYYY-MM-DD",
    "recompute -h, --swap",
    "maintain -h, maintenance"
  })
  void helpGivesZero(String arguments, String expected) {
    assertEquals(0, run(arguments.split(" ", 0)), this::text);
    assertTrue(text().contains(expected), this::text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forget s-17",
        "forget @s-17",
        "forget -- -17",
        "forget --before 2025-01-31",
        "recompute --swap",
        "maintain"
      })
  void withoutItsConfigurationNothingIsDone(String arguments) {
    assertEquals(1, run(arguments.split(" ", 0)), this::text);
    assertTrue(text().contains("VIGIE_ANALYTICS_WAREHOUSE"), this::text);
  }

  private int run(String... arguments) {
    PrintWriter writer = new PrintWriter(printed, true);
    CommandLine job = AnalyticsJob.commandLine(Map.of()).setOut(writer).setErr(writer);
    return job.execute(arguments);
  }

  private String text() {
    return printed.toString();
  }
}
