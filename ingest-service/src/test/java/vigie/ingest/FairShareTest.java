// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairShareTest {

  private static final long RATE = 1_000;
  private static final long BURST = 10_000;

  private final FairShare shares = new FairShare(RATE, BURST, 100, Optional.empty());

  @Test
  void aRequestLargerThanWhatIsLeftIsTakenAndTheNextWaitsUntilItIsPaid() throws Exception {
    shares.take("greedy", 9_000);
    shares.take("greedy", 30_000);

    RefusedException refused = assertThrows(RefusedException.class, () -> shares.take("greedy", 1));

    assertEquals(Refusal.RATE_EXCEEDED, refused.refusal());
    Duration wait = refused.retryAfter().orElseThrow();
    // 29,000 bytes in debt at 1,000 a second.
    assertTrue(wait.toMillis() > 28_000 && wait.toMillis() <= 29_001, wait::toString);
  }

  @Test
  void oneClientsDebtIsNotAnothers() throws Exception {
    shares.take("greedy", 100_000);
    shares.take("modest", 100);
    assertThrows(RefusedException.class, () -> shares.take("greedy", 1));
    shares.take("modest", 100);
  }

  @Test
  void smallRequestsAreNotForFree() throws Exception {
    for (long paid = 0; paid < BURST; paid += FairShare.LEAST_COST) {
      shares.take("busy", 0);
    }
    assertThrows(RefusedException.class, () -> shares.take("busy", 0));
  }

  @Test
  void onlyThisMachineIsExempt() {
    assertTrue(FairShare.isThisMachine("127.0.0.1"));
    assertTrue(FairShare.isThisMachine("0:0:0:0:0:0:0:1"));
    assertFalse(FairShare.isThisMachine("10.127.0.1"));
    assertFalse(FairShare.isThisMachine("2001:db8:0:0:0:0:0:1"));
  }
}
