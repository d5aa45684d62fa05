// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vigie.stack.workspace.StackException;

@Timeout(30)
class StartUpTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Apart: on a busy machine any part may be slow. */
  private final List<String> slow = new CopyOnWriteArrayList<>();

  private final CountDownLatch gate = new CountDownLatch(1);
  private final StartUp startUp =
      new StartUp(
          new StartUpListener() {
            @Override
            public void ready(String part, Duration after) {
              told.add(part + " ready");
            }

            @Override
            public void waiting(String part, Duration since, String obstacle) {
              slow.add(part + " waits: " + obstacle);
            }

            @Override
            public void failed(String part, Duration after, String reason) {
              told.add(part + " failed: " + reason);
            }
          },
          Set.of("kafka"),
          SHORT);

  @AfterEach
  void end() {
    startUp.end();
  }

  @Test
  void aPartStartsWhenThoseItNeedsAreReady() {
    startUp
        .add("kafka", () -> {})
        .add("redis", () -> {}, "kafka")
        .add("alert-service", () -> {}, "kafka", "redis")
        .await();

    assertEquals(List.of("kafka ready", "redis ready", "alert-service ready"), told);
  }

  @Test
  void theFirstFailureIsThrownWhileOthersStillStart() {
    startUp
        .add("hdfs", this::passTheGate)
        .add("redis", () -> fail("redis has no disk"))
        .add("alert-service", () -> told.add("started"), "redis");

    var failure = assertThrows(StackException.class, startUp::await);

    assertEquals("redis has no disk", failure.getMessage());
    assertTrue(told.contains("redis failed: redis has no disk"), told::toString);
    assertFalse(told.contains("started"), told::toString);
  }

  @Test
  void aFailedPartEndsNoOtherButThoseThatNeedIt() {
    startUp
        .add("kafka", () -> {})
        .add("redis", () -> fail("redis has no disk"))
        .add("alert-service", () -> told.add("started"), "kafka", "redis")
        .add("hdfs", this::passTheGate)
        .add("archive-service", () -> {}, "kafka", "hdfs");

    assertTrue(startUp.await(List.of("alert-service"), LONG));
    assertEquals(List.of("hdfs", "archive-service"), startUp.open());

    gate.countDown();

    assertTrue(startUp.await(startUp.parts(), LONG));
    assertEquals(List.of("redis", "alert-service"), startUp.failed());
    assertEquals(List.of("kafka", "hdfs", "archive-service"), startUp.ready());
    assertTrue(
        told.contains("alert-service failed: not started, for it needs redis"), told::toString);
    assertFalse(told.contains("started"), told::toString);
  }

  @Test
  void withoutAnEssentialPartTheStartIsOverAtOnce() {
    startUp.add("kafka", () -> fail("kafka has no disk")).add("hdfs", this::passTheGate);

    var failure =
        assertThrows(StackException.class, () -> startUp.await(List.of("hdfs", "kafka"), LONG));

    assertEquals("kafka has no disk", failure.getMessage());
  }

  @Test
  void aLatePartIsNamedWithWhatItWaitsForAndBecomesReadyAllTheSame() {
    startUp
        .add("analytics-job", this::passTheGate, () -> "answers 503")
        .add("student-signal", () -> {}, "analytics-job");

    assertFalse(startUp.await(startUp.parts(), SHORT));
    assertEquals(List.of("analytics-job", "student-signal"), startUp.open());
    Awaitility.await().until(() -> slow.contains("analytics-job waits: answers 503"));
    assertFalse(slow.toString().contains("student-signal waits"), slow::toString);

    gate.countDown();

    assertTrue(startUp.await(startUp.parts(), LONG));
    assertEquals(List.of(), startUp.open());
    assertTrue(told.contains("student-signal ready"), told::toString);
  }

  @Test
  void aStartThatIsGivenUpEndsAtOnceAndTellsNothing() {
    startUp.add("hdfs", this::passTheGate);

    startUp.end();

    assertTrue(told.isEmpty(), told::toString);
  }

  private void passTheGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("given up");
    }
  }

  private static void fail(String line) {
    throw new StackException(line);
  }
}
