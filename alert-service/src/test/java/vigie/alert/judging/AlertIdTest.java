// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AlertIdTest {

  private static final UUID EVENT = UUID.fromString("5810d60e-a729-41b9-a8c1-47437abec539");

  @Test
  void theSameEventAlwaysGivesTheSameAlertId() {
    assertEquals(UUID.fromString("931cf516-aef7-51e5-bfc9-663f5d74ea48"), AlertId.of(EVENT));
  }

  @Test
  void theIdSaysThatItIsDerived() {
    assertEquals(5, AlertId.of(EVENT).version());
    assertEquals(2, AlertId.of(EVENT).variant());
  }
}
