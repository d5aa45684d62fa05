// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartUpTest {

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final StartUp startUp =
      new StartUp(
          new Progress() {
            @Override
            public void ready(String part, Duration after) {
              told.add(part + " ready");
            }

            @Override
            public void failed(String part, Duration after) {
              told.add(part + " failed");
            }
          });

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
        .add("hdfs", this::waitForEver)
        .add("kafka", () -> fail("kafka has no disk"))
        .add("ingest-service", () -> told.add("started"), "kafka");

    var failure = assertThrows(PartFailure.class, startUp::await);

    assertEquals("kafka has no disk", failure.getMessage());
    startUp.end();
    assertEquals(List.of("kafka failed"), told);
  }

  @Test
  void aStartThatIsGivenUpEndsAtOnceAndTellsNothing() {
    startUp.add("hdfs", this::waitForEver);

    startUp.end();

    assertTrue(told.isEmpty(), told::toString);
  }

  private void waitForEver() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("given up");
    }
  }

  private static void fail(String line) {
    throw new PartFailure(line);
  }
}
