// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InFlightRequestsTest {

  private final InFlightRequests open = new InFlightRequests(new MemoryBudget(1 << 20));

  @Test
  void theOldestIsTheOneThatIsLeft() {
    InFlightRequest first = open.begin();
    await().until(() -> open.oldestAge() > 0.5);
    InFlightRequest second = open.begin();
    assertEquals(2, open.count());

    open.end(first);
    assertTrue(open.oldestAge() < 0.5);
    open.end(second);
    assertEquals(0, open.oldestAge());
    assertEquals(0, open.count());
  }
}
