// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of this module and of fault-tests, whose class paths this module has. */
class CommandScriptsTest {

  private static final Path DEPLOY = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern MAIN = Pattern.compile("(?m)^me=\\S+ module=(\\S+) main=(\\S+)$");

  /** A command of an earlier release, at its old path. */
  private static final Pattern FORWARD =
      Pattern.compile("(?m)^exec \"\\$\\(dirname .*\\)/\\.\\./(\\S+)\" \"\\$@\"$");

  static Stream<Path> mains() throws IOException {
    return scripts(MAIN);
  }

  static Stream<Path> forwards() throws IOException {
    return scripts(FORWARD);
  }

  @ParameterizedTest
  @MethodSource("mains")
  void aCommandStartsAClassOfItsModule(Path script) throws IOException {
    Matcher main = found(MAIN, script);
    assertTrue(script.startsWith(DEPLOY.resolve(main.group(1))));
    assertDoesNotThrow(() -> Class.forName(main.group(2)).getMethod("main", String[].class));
  }

  @ParameterizedTest
  @MethodSource("forwards")
  void anOldCommandStartsTheNewOne(Path script) throws IOException {
    assertTrue(Files.isExecutable(DEPLOY.resolve(found(FORWARD, script).group(1))));
  }

  private static Matcher found(Pattern pattern, Path script) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(script));
    assertTrue(matcher.find());
    return matcher;
  }

  private static Stream<Path> scripts(Pattern pattern) throws IOException {
    Stream.Builder<Path> scripts = Stream.builder();
    for (String module : new String[] {"benchmark", "fault-tests"}) {
      try (Stream<Path> files = Files.list(DEPLOY.resolve(module))) {
        for (Path file : files.filter(Files::isRegularFile).filter(Files::isExecutable).toList()) {
          if (pattern.matcher(Files.readString(file)).find()) {
            scripts.add(file);
          }
        }
      }
    }
    return scripts.build();
  }
}
