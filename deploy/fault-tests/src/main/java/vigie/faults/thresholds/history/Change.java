// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

/**
 * One request to change a threshold, by itself or as a line of a sheet, as its client saw it. Two
 * changes of one exercise never set the same value, so that a value identifies its change; only a
 * request that is sent again because its answer was lost repeats value and condition.
 *
 * @param value none for a deletion
 * @param version the version that an acknowledgement or a conflict reported; else 0
 */
public record Change(
    String exercise,
    Value value,
    Condition condition,
    Outcome outcome,
    long version,
    TimeRange span) {

  /** What the client was told. */
  public enum Outcome {
    /** The change holds from now on, as the version. */
    ACKNOWLEDGED,
    /** The change did not happen, because the threshold was at the version instead. */
    CONFLICT,
    /** The deletion did not happen, because there was no threshold. */
    NOT_FOUND,
    /** It may have happened, may still happen, or not. */
    INDETERMINATE,
    /** It did not happen and never will. */
    REFUSED
  }

  public boolean isAcknowledged() {
    return outcome == Outcome.ACKNOWLEDGED;
  }

  boolean mayHaveHappened() {
    return isAcknowledged() || outcome == Outcome.INDETERMINATE;
  }
}
