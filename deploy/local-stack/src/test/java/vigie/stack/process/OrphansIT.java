// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.ports.PortRange;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.redis.RedisReplication;

class OrphansIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void everyPartOfASystemDiesWithItsParent() throws Exception {
    assertNothingOutlives(parent(Map.of(), "redis", "postgresql"), 4);
  }

  @Test
  void everyPartDiesWithItsParentAlsoWithoutTheKernelsHelp() throws Exception {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    for (String program : List.of("cat", "sleep")) {
      Files.createSymbolicLink(
          programs.resolve(program), Executables.onPath(program).orElseThrow());
    }
    assertNothingOutlives(parent(Map.of("PATH", programs.toString()), "redis"), 3);
  }

  private void assertNothingOutlives(ChildProcess parent, int parts) throws IOException {
    try (parent) {
      parent.start();
      parent.await(ManagedProcess.STARTUP, () -> Files.exists(folder.resolve(Parent.READY)));
      List<Long> pids =
          Files.readAllLines(folder.resolve(Parent.READY)).stream().map(Long::valueOf).toList();
      assertEquals(parts, pids.size());

      assertEquals(true, ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly(), "kill -9");

      await().atMost(SOON).until(() -> pids.stream().allMatch(ChildProcessIT::isGone));
    }
  }

  private ChildProcess parent(Map<String, String> environment, String... systems) {
    List<String> options =
        List.of(
            PortRange.ofThisJvm().option(),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            folder.toString());
    return new ChildProcess(
        "parent",
        folder.resolve("parent.log"),
        environment,
        JvmCommand.command("64m", JitMode.QUICK, options, List.of(systems)));
  }

  /** A process that starts systems, writes the pids of their parts, and waits to be killed. */
  static final class Parent {

    static final String READY = "pids";

    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      StringBuilder pids = new StringBuilder();
      for (String system : List.of(arguments).subList(1, arguments.length)) {
        for (ManagedProcess part : start(system, folder)) {
          pids.append(part.process().pid()).append('\n');
        }
      }
      Path written = Files.writeString(folder.resolve("pids.new"), pids);
      Files.move(written, folder.resolve(READY));
      Thread.currentThread().join();
    }

    private static List<ManagedProcess> start(String system, Path folder) {
      return system.equals("redis")
          ? RedisReplication.startIn(folder).parts()
          : List.of(PostgresServer.startIn(folder));
    }
  }
}
