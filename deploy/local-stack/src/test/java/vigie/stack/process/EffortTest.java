// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EffortTest {

  private Duration used = Duration.ZERO;

  @Test
  void aProcessIsGivenItsTimeEvenIfItDoesNothing() {
    assertTrue(new Effort(() -> used, Duration.ofMinutes(4)).getAsBoolean());
  }

  @Test
  void aProcessThatWorksIsWaitedForAndOneThatStoppedIsNot() {
    Effort effort = new Effort(() -> used, Duration.ZERO);

    for (int i = 0; i < 3; i++) {
      used = used.plusSeconds(1);
      assertTrue(effort.getAsBoolean());
    }
    assertFalse(effort.getAsBoolean());
  }
}
