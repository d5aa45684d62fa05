// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.workspace.StackException;

class ChildProcessIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void aProcessThatEndsWhileStartingIsNamedWithItsLastLines() {
    try (ChildProcess child =
        shell("echo the disk is full; printf '\\tat Disk.write\\n'; exit 7")) {
      child.start();

      var failure = assertThrows(StackException.class, () -> child.await(LONG, () -> false));

      assertTrue(failure.getMessage().contains("part ended with exit code 7"));
      assertTrue(failure.getMessage().contains(child.log().toString()));
      assertTrue(failure.getMessage().endsWith("the disk is full"), failure.getMessage());
    }
  }

  @Test
  void aChildGetsNothingOfTheShellThatItDoesNotNeed() throws Exception {
    assertFalse(ChildProcess.INHERITED.containsAll(System.getenv().keySet()));
    Path log = folder.resolve("log");
    try (ChildProcess child = new ChildProcess("part", log, Map.of("GIVEN", "1"), List.of("env"))) {
      child.run(LONG);
    }

    Set<String> names =
        Files.readAllLines(log).stream()
            .map(line -> line.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());

    assertTrue(names.remove("GIVEN"));
    assertTrue(ChildProcess.INHERITED.containsAll(names), names::toString);
  }

  @Test
  void onlyTheLinesOfThisRunAreTold() {
    try (ChildProcess child = shell("echo run; exit 1")) {
      child.start();
      assertThrows(StackException.class, () -> child.await(LONG, () -> false));
      child.start();

      var failure = assertThrows(StackException.class, () -> child.await(LONG, () -> false));

      assertEquals(1, failure.getMessage().split("\n *run", -1).length - 1);
    }
  }

  @Test
  void aProcessThatIsNeverReadyIsNamedWithTheReason() {
    try (ChildProcess child = shell("exec sleep 1000")) {
      child.start();

      var failure =
          assertThrows(
              StackException.class,
              () ->
                  child.await(
                      Duration.ofMillis(300),
                      () -> {
                        throw new IllegalStateException("no leader");
                      }));

      assertTrue(failure.getMessage().contains("no leader"), failure.getMessage());
    }
  }

  @Test
  void aFrozenProcessCanBeStopped() {
    try (ChildProcess child = shell("exec sleep 1000")) {
      child.start();
      child.freeze();

      child.stop();

      assertFalse(child.isAlive());
      assertFalse(child.diedByItself());
    }
  }

  @Test
  void aKilledProcessTakesItsChildrenAlong() throws Exception {
    try (ChildProcess child = shell("sleep 1000 & echo $! >" + folder + "/pid; wait")) {
      child.start();
      child.await(LONG, () -> !Files.readString(folder.resolve("pid")).isBlank());
      long grandChild = Long.parseLong(Files.readString(folder.resolve("pid")).strip());

      child.kill();

      assertTrue(isGone(grandChild));
    }
  }

  @Test
  void aDeathThatNobodyAskedForIsNoticed() {
    try (ChildProcess child = shell("exec sleep 1000")) {
      child.start();
      assertFalse(child.diedByItself());

      assertTrue(ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly());

      await().atMost(LONG).until(child::diedByItself);
    }
  }

  static boolean isGone(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isEmpty();
  }

  private ChildProcess shell(String script) {
    return new ChildProcess(
        "part", folder.resolve("part.log"), Map.of(), List.of("/bin/sh", "-c", script));
  }
}
