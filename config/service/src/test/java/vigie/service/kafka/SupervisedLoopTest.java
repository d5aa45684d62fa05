// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SupervisedLoopTest {

  private static final SupervisedLoop.Timing TIMING =
      new SupervisedLoop.Timing(Duration.ofMillis(1), Duration.ofMinutes(4));

  private final Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
  private final AtomicLong nanos = new AtomicLong();

  static List<Throwable> errors() {
    return List.of(
        new AssertionError("deliberate"),
        new NoClassDefFoundError("deliberate"),
        new StackOverflowError("deliberate"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorEndsOneSessionAndTheNextOneWorks(Throwable error) {
    AtomicInteger sessions = new AtomicInteger();
    CountDownLatch reported = new CountDownLatch(1);
    try (SupervisedLoop loop =
        loop(
            running -> {
              if (sessions.getAndIncrement() == 0) {
                sneak(error);
              }
              reported.await();
              running.ready();
              work(running);
            })) {
      await()
          .atMost(20, SECONDS)
          .until(() -> loop.notReadyReason().equals(Optional.of("" + error)));
      assertEquals(1, loop.errors());
      reported.countDown();
      await().atMost(20, SECONDS).until(() -> loop.notReadyReason().isEmpty());
    }
    assertEquals(2, sessions.get());
    assertTrue(ends.isEmpty());
  }

  @Test
  void anErrorOfTheMachineEndsTheProcess() {
    Error error = new OutOfMemoryError("deliberate");
    try (SupervisedLoop loop = loop(running -> sneak(error))) {
      await().atMost(20, SECONDS).until(() -> ends.contains(error));
      assertFalse(loop.notReadyReason().isEmpty());
    }
  }

  @Test
  void aFaultThatWasAskedForComesOnce() {
    AtomicInteger sessions = new AtomicInteger();
    SupervisedLoop loop =
        new SupervisedLoop(
            "test",
            TIMING,
            running -> {
              sessions.incrementAndGet();
              work(running);
            },
            ends::add,
            nanos::get);
    loop.failAfter(3);
    loop.start();
    try (loop) {
      await().atMost(20, SECONDS).until(() -> sessions.get() == 2);
    }
    assertEquals(2, sessions.get());
  }

  @Test
  void aTurnTakesAsLongAsTheSessionIsStuck() throws InterruptedException {
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
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      assertEquals(Duration.ofMinutes(1), loop.sinceTurn());
      stuck.countDown();
      await().atMost(20, SECONDS).until(() -> loop.sinceTurn().isZero());
    }
  }

  @Test
  void aLoopThatIsNotStartedIsNotStuck() {
    SupervisedLoop loop = new SupervisedLoop("test", TIMING, running -> {}, ends::add, nanos::get);
    nanos.addAndGet(Duration.ofDays(1).toNanos());
    assertTrue(loop.hasTurnedLately());
  }

  /** A poll waits by the wall clock, so that after a step back it may not end for an hour. */
  @Test
  void aSessionThatWaitsByTheClockOfBeforeIsStartedAgain() {
    CountDownLatch clockOfBefore = new CountDownLatch(1);
    AtomicInteger sessions = new AtomicInteger();
    try (SupervisedLoop loop =
        loop(
            running -> {
              if (sessions.getAndIncrement() == 0) {
                clockOfBefore.await();
              }
              running.ready();
              work(running);
            })) {
      await().atMost(20, SECONDS).until(() -> sessions.get() == 1);
      loop.restartSession();
      await().atMost(20, SECONDS).until(() -> sessions.get() == 2);
      await().atMost(20, SECONDS).until(() -> loop.notReadyReason().isEmpty());
    }
    assertEquals(0, ends.size());
  }

  /** It turns, but has the clients of before. */
  @Test
  void aSessionThatTurnsIsStartedAgainToo() {
    AtomicInteger sessions = new AtomicInteger();
    try (SupervisedLoop loop =
        loop(
            running -> {
              sessions.incrementAndGet();
              work(running);
            })) {
      await().atMost(20, SECONDS).until(() -> sessions.get() == 1);
      loop.restartSession();
      await().atMost(20, SECONDS).until(() -> sessions.get() == 2);
    }
  }

  private SupervisedLoop loop(SupervisedLoop.Session session) {
    SupervisedLoop loop = new SupervisedLoop("test", TIMING, session, ends::add, nanos::get);
    loop.start();
    return loop;
  }

  private static void work(SupervisedLoop loop) {
    while (loop.goesOn()) {
      Thread.onSpinWait();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable error) throws T {
    throw (T) error;
  }
}
