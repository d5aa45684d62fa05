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
}
