// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import vigie.command.UnknownNameException;

class TokenTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path keys;

  @Test
  void theTokenIsAllThatIsPrinted() {
    assertEquals(0, run("patrol unit-1 --area 48.8,2.2,48.9,2.5 --for 1h"));
    assertTrue(out.toString().strip().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void aLinkHasTheTokenWhereNoServerIsSentIt() {
    assertEquals(0, run("patrol unit-1 --link https://vigie.example:8080"));
    assertTrue(
        out.toString().matches("https://vigie.example:8080/sign-in#[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R"),
        out.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "king me",
        "patrol unit-1 --link vigie",
        "staff",
        "staff me --area 48.8,2.2,48.9,2.5",
        "patrol unit-1 --area Paris",
        "staff me --for PT0S",
        "staff me --for tomorrow",
        "staff me again",
        "laptop s-1\u200B",
        "laptop e\u0301",
        "laptop ..",
        "patrol unité"
      })
  void whatMakesNoTokenIsRefused(String arguments) {
    assertEquals(2, run(arguments));
    assertEquals("", out.toString());
  }

  @Test
  void aSubjectWithoutATokenIsUnknown() throws IOException {
    IssuedSubjects issued = new IssuedSubjects(keys);
    assertDoesNotThrow(() -> issued.require("unit-1"), "of another issuer nothing is known");
    run("patrol unit-1");
    run("patrol unit-1");
    run("laptop Zoé");

    assertDoesNotThrow(() -> issued.require("unit-1"));
    assertDoesNotThrow(() -> issued.require("Zoé"));
    String line =
        assertThrows(UnknownNameException.class, () -> issued.require("unit-l")).getMessage();
    assertTrue(line.contains("'unit-l'"), line);
    assertEquals(2, Files.readAllLines(keys.resolve("issued-subjects")).size());
  }

  private int run(String arguments) {
    CommandLine command = Token.command();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
    words.addAll(List.of("--keys", keys.toString()));
    return command.execute(words.toArray(String[]::new));
  }
}
