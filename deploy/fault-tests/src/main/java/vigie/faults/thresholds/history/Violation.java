// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

/** A promise that a history shows to be broken. */
public record Violation(Promise promise, String detail) {

  /** What a history is checked for. */
  public enum Promise {
    A_CHANGE_IS_NEVER_MISSED,
    VERSIONS_NEVER_GO_BACK,
    WHAT_WAS_SEEN_IS_NEVER_TAKEN_BACK,
    NO_VERSION_IS_SEEN_BEFORE_ITS_CHANGE,
    A_VERSION_HAS_ONE_VALUE,
    CONDITIONS_ARE_KEPT,
    WHAT_WAS_REFUSED_NEVER_HAPPENS,
    NOTHING_IS_MADE_UP,
    AN_ALERT_FOLLOWS_FROM_ITS_SCORE,
    NO_ALERT_IS_MISSING,
    ABSENCE_IS_TRUE,
    EVERY_ACCEPTED_EVENT_IS_JUDGED,
    AN_EVENT_HAS_ONE_ALERT_ID,
    JUDGING_GOES_ON,
    A_SERVER_THAT_IS_ALONE_IS_NOT_BELIEVED
  }

  @Override
  public String toString() {
    return promise + ": " + detail;
  }
}
