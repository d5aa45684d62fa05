// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** Real processes, asked over the real socket. */
@Timeout(60)
class StackControlTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path root;
  private StackFolder folder;
  private ManagedProcess kafka;
  private ManagedProcess redis;
  private ControlSocket socket;

  @BeforeEach
  void open() throws IOException {
    folder = new StackFolder(root);
    kafka = process("kafka");
    redis = process("redis-primary");
    StackControl control =
        new StackControl(
            List.of(kafka, redis),
            () -> List.of("judging is 3 records behind"),
            root,
            process -> {
              process.stop();
              process.start();
            });
    socket = ControlSocket.open(folder, control);
    kafka.start();
    redis.start();
  }

  @AfterEach
  void close() {
    socket.close();
    kafka.kill();
    redis.kill();
  }

  @Test
  void eachProcessIsListedAndOneThatDiedIsAFault() throws IOException {
    ControlSocket.Answer good = ControlSocket.ask(folder, "status");
    assertEquals(0, good.code(), () -> String.join("\n", good.lines()));
    assertTrue(good.lines().get(0).matches("kafka +\\d+  ready"), good.lines().get(0));
    assertEquals("judging is 3 records behind", good.lines().get(2));
    assertTrue(good.lines().get(3).contains(" GB are free on the disk of " + root));

    assertTrue(ProcessHandle.of(redis.process().pid()).orElseThrow().destroyForcibly());
    await().atMost(SOON).until(redis.process()::diedByItself);

    ControlSocket.Answer bad = ControlSocket.ask(folder, "status");
    assertEquals(1, bad.code());
    assertTrue(
        bad.lines().get(1).matches("redis-primary +-  died with exit code 137; read its log .*"),
        bad.lines().get(1));
  }

  @Test
  void aClosedExamIsToldOf() throws IOException {
    Files.createDirectories(root.resolve("data"));
    Files.createFile(root.resolve("data/exam-closed"));

    ControlSocket.Answer answer = ControlSocket.ask(folder, "status");

    assertEquals("the exam is closed; deploy/open-exam begins the next one", answer.lines().get(3));
  }

  @Test
  void aProcessIsRestartedByItsName() throws IOException {
    long before = kafka.process().pid();

    assertEquals(
        new ControlSocket.Answer(0, List.of("kafka is ready")),
        ControlSocket.ask(folder, "restart kafka"));

    assertNotEquals(before, kafka.process().pid());
  }

  @Test
  void aNameThatIsMistypedRestartsNothing() throws IOException {
    long before = kafka.process().pid();

    ControlSocket.Answer answer = ControlSocket.ask(folder, "restart kafak");

    assertEquals(3, answer.code());
    assertEquals(
        List.of("there is no process kafak; there are kafka, redis-primary"), answer.lines());
    assertEquals(before, kafka.process().pid());
  }

  @Test
  void whereNothingRunsThatIsSaid() {
    socket.close();

    String line =
        assertThrows(StackException.class, () -> ControlSocket.ask(folder, "status")).getMessage();

    assertEquals("Vigie does not run here; deploy/up starts it", line);
  }

  @Test
  void lagsAreSummedOverTables() throws IOException {
    String metrics =
        """
        # HELP vigie_archive_lag records
        vigie_archive_lag{table="results"} 40.0
        vigie_archive_lag{table="activity"} 2.0
        vigie_archive_lag_other 7.0
        """;

    assertEquals(42, Lags.sum(metrics, "vigie_archive_lag"));
    assertThrows(IOException.class, () -> Lags.sum(metrics, "vigie_judging_lag"));
  }

  @Test
  void memoryIsTheSumOfAllHeapsAndWhatIsBeside() throws IOException {
    Memory memory =
        Memory.of(List.of(List.of("java", "-Xmx1g"), List.of("java", "-Xmx256m"), List.of("redis")))
            .orElseThrow();

    assertEquals(1024 + 256 + 3 * 170, memory.neededMegabytes());
    assertTrue(memory.freeMegabytes() > 0);
    assertTrue(new Memory(5_500, 3_100).isShort());
  }

  @Test
  void aDiskIsNearlyFullBelowFivePercent() {
    assertTrue(new Disk(root, 49, 1_000).isNearlyFull());
    assertTrue(!new Disk(root, 50, 1_000).isNearlyFull());
  }

  private ManagedProcess process(String name) {
    ChildProcess process =
        new ChildProcess(
            name, root.resolve(name + ".log"), Map.of(), List.of("/bin/sleep", "1000"));
    return new ManagedProcess() {
      @Override
      public ChildProcess process() {
        return process;
      }

      @Override
      public boolean isReady() {
        return true;
      }
    };
  }
}
