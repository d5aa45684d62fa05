// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LoopLivenessTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void onlyALoopThatTurnsIsAlive() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    try (SupervisedLoop loop =
        loop(
            running -> {
              assertTrue(running.goesOn());
              reached.countDown();
              stuck.await();
              work(running);
            })) {
      assertTrue(reached.await(20, SECONDS));
      LoopOwner owner = () -> List.of(loop);
      LoopLiveness liveness = new LoopLiveness(List.of(owner));
      nanos.addAndGet(SupervisedLoop.Timing.KAFKA.maxTurn().toNanos());
      assertEquals(Status.UP, liveness.call().getStatus());
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertEquals(Status.DOWN, liveness.call().getStatus());
      stuck.countDown();
      await().atMost(20, SECONDS).until(() -> liveness.call().getStatus() == Status.UP);
    }
  }

  @Test
  void afterAClockWasSetBackTheNextSessionBegins() {
    AtomicInteger sessions = new AtomicInteger();
    try (SupervisedLoop loop =
        loop(
            running -> {
              sessions.incrementAndGet();
              work(running);
            })) {
      await().atMost(20, SECONDS).until(() -> sessions.get() == 1);
      LoopOwner owner = () -> List.of(loop);
      owner.clockSteppedBack(Duration.ofHours(1));
      await().atMost(20, SECONDS).until(() -> sessions.get() == 2);
    }
  }

  private SupervisedLoop loop(SupervisedLoop.Session session) {
    SupervisedLoop loop =
        new SupervisedLoop(
            "test",
            SupervisedLoop.Timing.KAFKA,
            session,
            error -> {
              throw new AssertionError(error);
            },
            nanos::get);
    loop.start();
    return loop;
  }

  private static void work(SupervisedLoop loop) {
    while (loop.goesOn()) {
      Thread.onSpinWait();
    }
  }
}
