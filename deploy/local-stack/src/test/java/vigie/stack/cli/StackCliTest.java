// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
