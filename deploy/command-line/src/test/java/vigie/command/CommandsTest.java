// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CommandsTest {

  private final Waiting waiting = new Waiting();
  private final StringWriter err = new StringWriter();

  @Command(name = "deploy/wait", mixinStandardHelpOptions = true)
  private static final class Waiting implements Callable<Integer> {

    @Option(names = "--for")
    private Duration time = Duration.ofSeconds(1);

    @Option(names = "--student")
    private String student;

    @Parameters(arity = "0..1")
    private String name;

    @Override
    public Integer call() throws IOException {
      if (time.isZero()) {
        throw new IOException("there is nothing to wait for");
      }
      if ("s-71".equals(name)) {
        throw new UnknownNameException("no row names s-71");
      }
      return 0;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "90s,PT90S",
    "5m,PT5M",
    "1h30m,PT1H30M",
    "2d,PT48H",
    "1.5s,PT1.5S",
    "PT5M,PT5M",
    "pt1h,PT1H"
  })
  void aDurationIsReadInEitherForm(String text, Duration expected) {
    assertEquals(0, run("--for", text), err::toString);
    assertEquals(expected, waiting.time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tomorrow", "5", "m", "1m1h", "PT", "99999999999999999999d"})
  void whatIsNoDurationIsRefusedWithAnExample(String text) {
    assertEquals(2, run("--for", text));
    assertTrue(err.toString().startsWith("wait: Invalid value for option '--for'"), err::toString);
    assertTrue(err.toString().contains("1h30m"), err::toString);
  }

  @Test
  void anUnknownOptionIsRefusedInTwoLines() {
    assertEquals(2, run("--fro", "5m"));
    assertTrue(err.toString().endsWith("see deploy/wait --help\n"), err::toString);
  }

  @Test
  void aFailureIsOneLine() {
    assertEquals(1, run("--for", "0s"));
    assertEquals("wait: there is nothing to wait for\n", err.toString());
  }

  @Test
  void aNameThatNothingHasIsAnExitCodeOfItsOwn() {
    assertEquals(3, run("s-71"));
    assertEquals("wait: no row names s-71\n", err.toString());
  }

  /** A file of that name, which would be read as arguments, is in the folder of this test. */
  @ParameterizedTest
  @ValueSource(strings = {"@pom.xml", "-x", "--help", "a b", "$(x)", "'", "Zoé"})
  void anIdMayBeginLikeAnOptionOrAFile(String id) {
    assertEquals(0, run("--", id), err::toString);
    assertEquals(id, waiting.name);
    assertEquals(0, run("--student=" + id), err::toString);
    assertEquals(id, waiting.student);
  }

  private int run(String... arguments) {
    return Commands.complete(new CommandLine(waiting))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
