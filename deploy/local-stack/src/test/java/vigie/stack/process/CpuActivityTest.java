// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuActivityTest {

  private Duration used = Duration.ZERO;

  @Test
  void aProcessIsGivenItsTimeEvenIfItDoesNothing() {
    assertTrue(new CpuActivity(() -> used, Duration.ofMinutes(4)).getAsBoolean());
  }

  @Test
  void aProcessThatWorksIsWaitedForAndOneThatStoppedIsNot() {
    CpuActivity activity = new CpuActivity(() -> used, Duration.ZERO);

    for (int i = 0; i < 3; i++) {
      used = used.plusSeconds(1);
      assertTrue(activity.getAsBoolean());
    }
    assertFalse(activity.getAsBoolean());
  }
}
