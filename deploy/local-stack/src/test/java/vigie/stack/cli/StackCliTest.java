// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackFolder;

class StackCliTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--kafka steadily",
        "--redis",
        "--hdfs kraft-steady",
        "--spark-workers -1",
        "--spark-workers many",
        "--wait soon",
        "--wait 0s",
        "--no-kafka",
        "--secure --kafka steady",
        "--fast",
        "now"
      })
  void wrongArgumentsStartNothing(String arguments) {
    String data = folder.resolve("state").toString();

    assertEquals(2, run(("--folder " + data + " " + arguments).split(" ")));

    assertTrue(err.toString().startsWith("up: "), err::toString);
    assertFalse(Files.exists(Path.of(data)), arguments);
  }

  /** As deploy/up does it, up to where the first process would start. */
  @Test
  void anOptionThatDoesNotFitTheDataStartsNothing() throws IOException {
    new PersistedOptions(new StackFolder(folder)).record(StartOptions.FIRST, Map.of());
    OneTimeSetup.isDone(new StackFolder(folder).data("kafka"));

    assertEquals(1, run("--folder", folder.toString(), "--no-students", "--hdfs", "steady"));

    assertTrue(
        err.toString().endsWith("without --hdfs steady; start with: deploy/up --no-students\n"),
        err::toString);
    assertFalse(Files.exists(folder.resolve("conf")));
  }

  @Test
  void laptopsNeverEnterDataThatWasWrittenWithoutThem() throws IOException {
    StartOptions exam = StartOptions.FIRST.withoutStudents();
    new PersistedOptions(new StackFolder(folder)).record(exam, Map.of());
    OneTimeSetup.isDone(new StackFolder(folder).data("kafka"));

    assertEquals(1, run("--folder", folder.toString(), "--students"));

    assertTrue(
        err.toString().endsWith("without --students; start with: deploy/up --no-students\n"),
        err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void theHelpNamesTheCommandAsItIsTyped(String option) {
    assertEquals(0, run(option));
    assertTrue(out.toString().startsWith("Usage: deploy/up ["), out::toString);
    assertFalse(out.toString().contains("--folder"), out::toString);
  }

  private int run(String... arguments) {
    return StackCli.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
