// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class InFlightBudgetTest {

  @Test
  void whatIsTooMuchIsRefusedAndLeavesNoTrace() throws Exception {
    InFlightBudget budget = new InFlightBudget(100);
    Reservation first = new Reservation(budget);
    Reservation second = new Reservation(budget);
    first.grow(60);

    RefusedException refused = assertThrows(RefusedException.class, () -> second.grow(41));

    assertEquals(Refusal.IN_FLIGHT_FULL, refused.refusal());
    assertEquals(60, budget.used());
    second.grow(40);
    first.release();
    first.release();
    second.release();
    assertEquals(0, budget.used());
  }
}
