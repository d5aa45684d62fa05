// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogLimiterTest {

  private final AtomicLong now = new AtomicLong();
  private final LogLimiter limiter = new LogLimiter(now::get);

  @Test
  void aSubjectHasOneLineAMinuteAndOthersTheirOwn() {
    int lines = 0;
    for (int second = 0; second < 180; second++) {
      for (int i = 0; i < 100; i++) {
        lines += limiter.permits("greedy") ? 1 : 0;
      }
      now.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertEquals(3, lines);
    assertTrue(limiter.permits("honest"));
    assertFalse(limiter.permits("honest"));
  }

  /** Of more subjects than it remembers, those that were permitted longest ago are forgotten. */
  @Test
  void theMemoryForSubjectsIsBounded() {
    assertTrue(limiter.permits("again"));
    permit("early", 600);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertTrue(limiter.permits("again"));
    permit("late", 600);
    assertFalse(limiter.permits("again"));
    permit("last", 1_000);
    assertTrue(limiter.permits("again"), "it was forgotten");
  }

  private void permit(String name, int subjects) {
    for (int i = 0; i < subjects; i++) {
      assertTrue(limiter.permits(name + i));
    }
  }
}
