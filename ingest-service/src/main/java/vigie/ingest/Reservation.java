// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

/**
 * What one request holds of the budget. A request is worked on by one thread after another, never
 * by two at once, and each hand-over between them is safe publication.
 */
final class Reservation {

  /** Taken at once, so that a batch does not ask the shared budget for each of its records. */
  private static final long STEP = 4 * 1024;

  private final InFlightBudget budget;
  private long used;
  private long taken;

  Reservation(InFlightBudget budget) {
    this.budget = budget;
  }

  void grow(long more) throws RefusedException {
    long needed = used + more;
    if (needed > taken) {
      long missing = Math.max(STEP, needed - taken);
      if (!budget.take(missing)) {
        throw new RefusedException(
            Refusal.IN_FLIGHT_FULL, "The requests in progress fill the service's memory budget");
      }
      taken += missing;
    }
    used = needed;
  }

  /** Gives everything back; may be repeated. */
  void release() {
    budget.give(taken);
    used = 0;
    taken = 0;
  }
}
