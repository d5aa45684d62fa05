// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

  @Test
  void pausesDoubleUpToTheLongestAndStartOver() {
    Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofMillis(350));
    assertEquals(Duration.ofMillis(100), pauses.next());
    assertEquals(Duration.ofMillis(200), pauses.next());
    assertEquals(Duration.ofMillis(350), pauses.next());
    assertEquals(Duration.ofMillis(350), pauses.next());
    pauses.reset();
    assertEquals(Duration.ofMillis(100), pauses.next());
  }
}
