// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;

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
  void aSenderHoldsNoMoreThanItsShareAndOthersTheRest() throws Exception {
    InFlightBudget all = new InFlightBudget(20_000);
    InFlightBudget share = new InFlightBudget(10_000);
    Reservation first = new Reservation(all);
    first.grow(5_000);
    first.countFor(share);
    Reservation second = new Reservation(all);
    second.countFor(share);

    RefusedException refused = assertThrows(RefusedException.class, () -> second.grow(5_001));

    assertEquals(Refusal.CLIENT_IN_FLIGHT_FULL, refused.refusal());
    assertEquals(5_000, all.used());
    second.grow(5_000);
    Reservation late = new Reservation(all);
    late.grow(4_096);
    assertThrows(RefusedException.class, () -> late.countFor(share));
    late.release();
    new Reservation(all).grow(10_000);
    first.release();
    second.release();
    assertEquals(0, share.used());
    assertEquals(10_000, all.used());
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
