// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

/**
 * What one request holds of the budget. A request is worked on by one thread after another, never
 * by two at once, and each hand-over between them is safe publication.
 */
final class Reservation {

  private final InFlightBudget budget;
  private long bytes;

  Reservation(InFlightBudget budget) {
    this.budget = budget;
  }

  void grow(long more) throws RefusedException {
    if (!budget.take(more)) {
      throw new RefusedException(
          Refusal.IN_FLIGHT_FULL, "The requests in progress fill the service's memory budget");
    }
    bytes += more;
  }

  /** Gives everything back; may be repeated. */
  void release() {
    budget.give(bytes);
    bytes = 0;
  }
}
