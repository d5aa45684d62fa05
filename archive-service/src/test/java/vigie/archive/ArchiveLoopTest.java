// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveLoopTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final TableHealth health = new TableHealth();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger openings = new AtomicInteger();

  static List<Throwable> survivable() {
    return List.of(
        new AssertionError("deliberate"),
        new NoClassDefFoundError("deliberate"),
        new StackOverflowError("deliberate"),
        new IllegalStateException("deliberate"));
  }

  @ParameterizedTest
  @MethodSource("survivable")
  void whateverFailsTheTableIsOpenedAgain(Throwable failure) throws Exception {
    ArchiveLoop loop = loop(failure);
    await().atMost(SOON).until(() -> openings.get() > 2);
    assertTrue(health.complaint().orElseThrow().contains("deliberate"));
    assertTrue(loop.isAlive());
    stop(loop);
    assertFalse(ended.get());
  }

  @Test
  void anErrorOfTheMachineEndsTheProcess() throws Exception {
    ArchiveLoop loop = loop(new OutOfMemoryError("deliberate"));
    await().atMost(SOON).untilTrue(ended);
    stop(loop);
  }

  /** A client of Kafka waits by a clock that was set back, which may take hours. */
  @Test
  void aTableThatWaitsIsOpenedAgainWhenTheClockIsSetBack() throws Exception {
    ArchiveLoop loop =
        loop(
            () -> {
              openings.incrementAndGet();
              new CountDownLatch(1).await();
              return null;
            });
    for (int step = 1; step <= 3; step++) {
      int opened = step;
      await().atMost(SOON).until(() -> openings.get() == opened);
      loop.reopen();
    }
    await().atMost(SOON).until(() -> openings.get() == 4);
    loop.stop();
    loop.awaitEnd(Duration.ofMillis(1));
    await().atMost(SOON).until(() -> !loop.isAlive());
  }

  private ArchiveLoop loop(Throwable failure) {
    return loop(
        () -> {
          openings.incrementAndGet();
          ArchiveLoopTest.<RuntimeException>sneak(failure);
          return null;
        });
  }

  private ArchiveLoop loop(ArchiveLoop.Opening opening) {
    ArchiveMetrics metrics = new ArchiveMetrics(new SimpleMeterRegistry(), "results", health);
    ArchiveLoop loop =
        new ArchiveLoop(
            "results", opening, Duration.ofMillis(1), health, metrics, () -> ended.set(true));
    loop.start();
    return loop;
  }

  private static void stop(ArchiveLoop loop) throws InterruptedException {
    loop.stop();
    loop.awaitEnd(SOON);
    await().atMost(SOON).until(() -> !loop.isAlive());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
