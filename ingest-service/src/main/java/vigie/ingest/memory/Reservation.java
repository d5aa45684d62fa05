// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

import java.util.ArrayList;
import java.util.List;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;

/**
 * What one request holds of the budget. A request is worked on by one thread after another, never
 * by two at once, and each hand-over between them is safe publication.
 */
public final class Reservation {

  /** Taken at once, so that a batch does not ask the shared budget for each of its records. */
  private static final long STEP = 4 * 1024;

  private final InFlightBudget budget;
  private List<InFlightBudget> shares = List.of();
  private long used;
  private long taken;

  public Reservation(InFlightBudget budget) {
    this.budget = budget;
  }

  public void grow(long more) throws RefusedException {
    long needed = used + more;
    if (needed > taken) {
      take(Math.max(STEP, needed - taken));
    }
    used = needed;
  }

  /** Counts what is held, and all that will be, for a sender's share of the budget too. */
  public void countFor(InFlightBudget share) throws RefusedException {
    if (!share.take(taken)) {
      throw shareIsFull();
    }
    List<InFlightBudget> all = new ArrayList<>(2);
    all.addAll(shares);
    all.add(share);
    shares = all;
  }

  private void take(long missing) throws RefusedException {
    if (!budget.take(missing)) {
      throw new RefusedException(
          Refusal.IN_FLIGHT_FULL, "The requests in progress fill the service's memory budget");
    }
    for (int i = 0; i < shares.size(); i++) {
      if (!shares.get(i).take(missing)) {
        shares.subList(0, i).forEach(share -> share.give(missing));
        budget.give(missing);
        throw shareIsFull();
      }
    }
    taken += missing;
  }

  private static RefusedException shareIsFull() {
    return new RefusedException(
        Refusal.CLIENT_IN_FLIGHT_FULL,
        "The sender's requests in progress fill its share of memory");
  }

  /** Gives everything back; may be repeated. */
  void release() {
    budget.give(taken);
    shares.forEach(share -> share.give(taken));
    used = 0;
    taken = 0;
  }
}
