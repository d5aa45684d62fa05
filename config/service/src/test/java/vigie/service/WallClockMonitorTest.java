// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WallClockMonitorTest {

  private final List<Duration> steps = new ArrayList<>();
  private Duration wall = Duration.ofDays(20_000);

  /** Two's complement: it may begin anywhere, and overflow. */
  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();

  /** What the thread is suspended for after it has read the wall clock. */
  private Duration suspension = Duration.ZERO;

  private final WallClockMonitor monitor =
      new WallClockMonitor(
          List.of(
              step -> {
                throw new AssertionError("deliberate");
              },
              steps::add),
          this::readWall,
          () -> nanos);

  @Test
  void aStepBackIsNotifiedOnceToEachListenerThoughOneFails() {
    after(Duration.ofSeconds(1), Duration.ZERO);
    after(Duration.ofSeconds(1), Duration.ofHours(-1));
    after(Duration.ofSeconds(1), Duration.ZERO);
    assertEquals(List.of(Duration.ofHours(1)), steps);
  }

  @Test
  void eachFurtherStepIsNotified() {
    after(Duration.ofSeconds(1), Duration.ofHours(-1));
    after(Duration.ofSeconds(3), Duration.ofHours(1));
    after(Duration.ofSeconds(1), Duration.ofSeconds(-6));
    assertEquals(List.of(Duration.ofHours(1), Duration.ofSeconds(6)), steps);
  }

  @Test
  void aSmallStepAndAStepAheadAndASlowClockAreNotNotified() {
    after(Duration.ofSeconds(1), Duration.ofDays(1));
    after(Duration.ofSeconds(1), WallClockMonitor.MIN_STEP.negated());
    for (int second = 0; second < 100_000; second++) {
      after(Duration.ofSeconds(1), Duration.ofMillis(-1));
    }
    assertEquals(List.of(), steps);
  }

  @Test
  void aSuspendedThreadIsNoStep() {
    suspension = Duration.ofMinutes(1);
    after(Duration.ofSeconds(1), Duration.ZERO);
    suspension = Duration.ZERO;
    after(Duration.ofSeconds(1), Duration.ZERO);
    after(Duration.ofHours(3), Duration.ZERO);
    assertEquals(List.of(), steps);
  }

  private void after(Duration elapsed, Duration step) {
    pass(elapsed);
    wall = wall.plus(step);
    monitor.check();
  }

  private void pass(Duration elapsed) {
    nanos += elapsed.toNanos();
    wall = wall.plus(elapsed);
  }

  private long readWall() {
    long read = wall.toMillis();
    pass(suspension);
    return read;
  }
}
