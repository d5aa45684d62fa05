// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/**
 * {@code deploy/shell} of a working copy whose stack is the one that runs, with {@code --secure}.
 */
@ExtendWith(RunningVigie.class)
class ShellIT {

  private final VigieStack vigie;
  private final List<Path> links = new ArrayList<>();
  @TempDir private Path copy;

  ShellIT(VigieStack vigie) {
    this.vigie = vigie;
  }

  @BeforeEach
  void makeWorkingCopy() throws IOException {
    Path deploy = Files.createDirectory(copy.resolve("deploy"));
    for (String script : List.of("shell", "prepare.sh", "running.sh")) {
      Files.copy(
          Facts.ROOT.resolve("deploy").resolve(script),
          deploy.resolve(script),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    link(deploy.resolve("local-stack"), Facts.ROOT.resolve("deploy/local-stack"));
    link(copy.resolve("config"), Facts.ROOT.resolve("config"));
    Path data = vigie.issuer().jwks().getParent().getParent();
    link(copy.resolve(".vigie/data"), data);
    link(copy.resolve(".vigie/conf"), data.resolveSibling("conf"));
    Files.writeString(data.resolve("ports.env"), ports());
  }

  @ParameterizedTest
  @CsvSource({
    "redis-cli, redis ping, PONG",
    "psql, psql -Atc SELECT+count(*)>0+FROM+flyway_schema_history, t",
    "bash, kafka groups --list, alert-judging",
    "bash, hdfs dfs -ls /vigie, /vigie/warehouse"
  })
  void anOperatorComesToEachSystem(String program, String command, String expected)
      throws Exception {
    assumeTrue(Programs.isOnPath(program), () -> "there is no " + program);
    List<String> line = new ArrayList<>(List.of(copy.resolve("deploy/shell").toString()));
    Arrays.stream(command.split(" ", -1)).map(word -> word.replace('+', ' ')).forEach(line::add);
    Process shell = new ProcessBuilder(line).redirectErrorStream(true).start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor(), printed);
    assertTrue(printed.contains(expected), printed);
  }

  /** JUnit warns of links that lead out of the folder that it deletes. */
  @AfterEach
  void removeLinks() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  private String ports() {
    return Arrays.stream(Port.values())
        .map(port -> port + "_PORT=" + URI.create(vigie.url(port)).getPort())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private void link(Path link, Path target) throws IOException {
    Files.createDirectories(link.getParent());
    links.add(Files.createSymbolicLink(link, target.toRealPath()));
  }
}
