// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void theWaitGrowsToALimitAndShrinksWithSuccess() {
    Backoff backoff = new Backoff();
    assertEquals(Duration.ofMillis(500), backoff.next());
    assertEquals(Duration.ofSeconds(1), backoff.next());
    for (int i = 0; i < 10; i++) {
      backoff.next();
    }
    assertEquals(Duration.ofSeconds(15), backoff.next());
    backoff.succeeded();
    assertEquals(Duration.ofMillis(500), backoff.next());
  }
}
