// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

import java.util.ArrayList;
import java.util.List;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/**
 * What one request holds of the budget. A request is worked on by one thread after another, never
 * by two at once, and each hand-over between them is safe publication.
 */
public final class MemoryReservation {

  /** Taken at once, so that a batch does not ask the shared budget for each of its records. */
  private static final long STEP = 4 * 1024;

  private final MemoryBudget budget;
  private List<MemoryBudget> shares = List.of();
  private long used;
  private long taken;

  public MemoryReservation(MemoryBudget budget) {
    this.budget = budget;
  }

  public void grow(long more) throws RequestException {
    long needed = used + more;
    if (needed > taken) {
      take(Math.max(STEP, needed - taken));
    }
    used = needed;
  }

  /** Counts what is held, and all that will be, for a sender's share of the budget too. */
  public void countFor(MemoryBudget share) throws RequestException {
    if (!share.take(taken)) {
      throw shareIsFull();
    }
    List<MemoryBudget> all = new ArrayList<>(2);
    all.addAll(shares);
    all.add(share);
    shares = all;
  }

  private void take(long missing) throws RequestException {
    if (!budget.take(missing)) {
      throw new RequestException(
          RequestError.IN_FLIGHT_FULL, "The requests in progress fill the service's memory budget");
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

  private static RequestException shareIsFull() {
    return new RequestException(
        RequestError.CLIENT_IN_FLIGHT_FULL,
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
