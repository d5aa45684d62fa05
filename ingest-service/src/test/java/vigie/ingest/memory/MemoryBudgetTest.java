// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

class MemoryBudgetTest {

  @Test
  void whatIsTooMuchIsRefusedAndLeavesNoTrace() throws Exception {
    MemoryBudget budget = new MemoryBudget(12_000);
    MemoryReservation first = new MemoryReservation(budget);
    MemoryReservation second = new MemoryReservation(budget);
    first.grow(6_000);

    RequestException refused = assertThrows(RequestException.class, () -> second.grow(6_001));

    assertEquals(RequestError.IN_FLIGHT_FULL, refused.error());
    assertEquals(6_000, budget.used());
    second.grow(6_000);
    first.release();
    first.release();
    second.release();
    assertEquals(0, budget.used());
  }

  @Test
  void aSenderHoldsNoMoreThanItsShareAndOthersTheRest() throws Exception {
    MemoryBudget all = new MemoryBudget(20_000);
    MemoryBudget share = new MemoryBudget(10_000);
    MemoryReservation first = new MemoryReservation(all);
    first.grow(5_000);
    first.countFor(share);
    MemoryReservation second = new MemoryReservation(all);
    second.countFor(share);

    RequestException refused = assertThrows(RequestException.class, () -> second.grow(5_001));

    assertEquals(RequestError.CLIENT_IN_FLIGHT_FULL, refused.error());
    assertEquals(5_000, all.used());
    second.grow(5_000);
    MemoryReservation late = new MemoryReservation(all);
    late.grow(4_096);
    assertThrows(RequestException.class, () -> late.countFor(share));
    late.release();
    new MemoryReservation(all).grow(10_000);
    first.release();
    second.release();
    assertEquals(0, share.used());
    assertEquals(10_000, all.used());
  }

  @Test
  void neverMoreIsUsedThanIsTaken() throws Exception {
    MemoryBudget budget = new MemoryBudget(12_000);
    MemoryReservation reservation = new MemoryReservation(budget);
    for (int used = 1; used <= 8_000; used++) {
      reservation.grow(1);
      assertTrue(budget.used() >= used);
    }
  }
}
