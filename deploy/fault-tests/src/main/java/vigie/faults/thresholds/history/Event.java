// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

/**
 * One result as its laptop saw it. A student takes an exercise once, so both identify the result.
 *
 * @param span of the request that carried it: a change that was acknowledged before its beginning
 *     was acknowledged before the result was accepted
 * @param accepted whether ingest-service answered 202; else it may be judged or not
 * @param kind what the result is for
 */
public record Event(
    String student, String exercise, double score, TimeRange span, boolean accepted, Kind kind) {

  /**
   * Results of exercises that change, and results that show whether and when others were judged.
   */
  public enum Kind {
    /** Its exercise changes; it raises an alert or not. */
    TRIAL,
    /**
     * It follows a trial of the same student, so also in its Kafka partition, and raises an alert
     * whatever changes. That alert shows by when the trial was judged.
     */
    WITNESS,
    /**
     * It raises an alert whatever changes, and nothing before it in its Kafka partition can be held
     * back by a change that is not settled.
     */
    SETTLED
  }

  /** Whether it raises an alert whatever changes. */
  public boolean alwaysAlerts() {
    return kind != Kind.TRIAL;
  }
}
