// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

/** A promise that a history shows to be broken. */
record Violation(Promise promise, String detail) {

  enum Promise {
    A_CHANGE_IS_NEVER_MISSED,
    VERSIONS_NEVER_GO_BACK,
    WHAT_WAS_USED_IS_NEVER_TAKEN_BACK,
    A_VERSION_HAS_ONE_VALUE,
    WHAT_WAS_REFUSED_NEVER_HAPPENS,
    NOTHING_IS_MADE_UP,
    EVERY_ACCEPTED_EVENT_IS_JUDGED,
    AN_EVENT_HAS_ONE_ALERT_ID
  }

  @Override
  public String toString() {
    return promise + ": " + detail;
  }
}
