// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, and a clock of the test's own. */
class SupervisorIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final List<String> reports = new CopyOnWriteArrayList<>();
  private long nanos;
  private int preparations;
  private final Supervisor supervisor = new Supervisor(reports::add, () -> nanos);
  private ManagedProcess service;

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void aServiceThatWasKilledRunsAgainAndThatIsReported() throws Exception {
    service = service("echo >" + folder.resolve("ready") + "; exec sleep 1000");
    service.start();
    service.awaitReady(SOON);
    long killed = service.process().pid();

    kill();

    supervisor.check(List.of(service));
    assertFalse(service.process().isAlive());
    assertReported("died with exit code 137; it is started again in 1 s");
    Files.delete(folder.resolve("ready"));
    pass(Duration.ofSeconds(1));
    assertTrue(service.process().isAlive());
    assertTrue(service.process().pid() != killed);
    await().atMost(SOON).until(() -> isReported("is ready again"));
  }

  @Test
  void aServiceThatDiesAgainAndAgainIsLeft() {
    service = service("exit 7");
    service.start();
    for (int seconds = 1; seconds <= 8; seconds *= 2) {
      awaitDeath();
      supervisor.check(List.of(service));
      assertReported("died with exit code 7; it is started again in %d s".formatted(seconds));
      pass(Duration.ofSeconds(seconds));
    }
    awaitDeath();
    supervisor.check(List.of(service));
    assertReported("died with exit code 7, 5 times in 10 minutes: it is not started again");
    pass(Duration.ofHours(1));
    assertEquals(5, reports.size(), reports::toString);
    assertFalse(service.process().isAlive());
  }

  @Test
  void deathsOfLongAgoDoNotCount() {
    service = service("exit 7");
    service.start();
    for (int death = 0; death < Supervisor.MAX_DEATHS + 2; death++) {
      awaitDeath();
      supervisor.check(List.of(service));
      assertTrue(reports.get(death).contains("started again in 1 s"), reports::toString);
      pass(Supervisor.WINDOW.plusSeconds(1));
    }
  }

  /** PostgreSQL's lock file, say, has to go before each start. */
  @Test
  void aProcessIsPreparedBeforeEachStart() {
    service = service("exit 7");
    service.start();
    assertEquals(1, preparations);
    awaitDeath();
    supervisor.check(List.of(service));
    assertEquals(1, preparations);

    pass(Duration.ofSeconds(1));

    assertEquals(2, preparations);
  }

  @Test
  void aServiceThatIsStoppedMeanwhileStaysStopped() throws Exception {
    service = service("exec sleep 1000");
    service.start();
    kill();
    supervisor.check(List.of(service));

    service.stop();

    pass(Duration.ofMinutes(1));
    assertFalse(service.process().isAlive());
    assertEquals(1, reports.size(), reports::toString);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    supervisor.check(List.of(service));
  }

  private void kill() {
    assertTrue(ProcessHandle.of(service.process().pid()).orElseThrow().destroyForcibly());
    awaitDeath();
  }

  private void awaitDeath() {
    await().atMost(SOON).until(service.process()::diedByItself);
  }

  private boolean isReported(String words) {
    supervisor.check(List.of(service));
    return reports.stream().anyMatch(report -> report.contains(words));
  }

  private void assertReported(String words) {
    assertTrue(reports.get(reports.size() - 1).contains(words), reports::toString);
  }

  private ManagedProcess service(String script) {
    ChildProcess process =
        new ChildProcess(
            "service", folder.resolve("log"), Map.of(), List.of("/bin/sh", "-c", script));
    return new ManagedProcess() {
      @Override
      public ChildProcess process() {
        return process;
      }

      @Override
      public void prepare() {
        preparations++;
      }

      @Override
      public boolean isReady() {
        return Files.exists(folder.resolve("ready"));
      }
    };
  }
}
