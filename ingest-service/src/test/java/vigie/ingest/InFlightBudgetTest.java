// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InFlightBudgetTest {

  @Test
  void whatIsTooMuchIsRefusedAndLeavesNoTrace() throws Exception {
    InFlightBudget budget = new InFlightBudget(12_000);
    Reservation first = new Reservation(budget);
    Reservation second = new Reservation(budget);
    first.grow(6_000);

    RefusedException refused = assertThrows(RefusedException.class, () -> second.grow(6_001));

    assertEquals(Refusal.IN_FLIGHT_FULL, refused.refusal());
    assertEquals(6_000, budget.used());
    second.grow(6_000);
    first.release();
    first.release();
    second.release();
    assertEquals(0, budget.used());
  }

  @Test
  void neverMoreIsUsedThanIsTaken() throws Exception {
    InFlightBudget budget = new InFlightBudget(12_000);
    Reservation reservation = new Reservation(budget);
    for (int used = 1; used <= 8_000; used++) {
      reservation.grow(1);
      assertTrue(budget.used() >= used);
    }
  }
}
