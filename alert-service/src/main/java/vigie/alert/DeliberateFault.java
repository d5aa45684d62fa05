// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import java.util.Optional;

/**
 * For tests only: a guarantee is taken away, so that a checker of histories can show that it would
 * notice, or something fails that nothing outside can make fail. The service does not start with
 * one of these unless it is also told that it is under test.
 */
public enum DeliberateFault {
  /** The answers to reads are used as they come. */
  UNFENCED_READS,
  /** Evaluation reads from a replica, which confirms nothing. Needs Sentinels. */
  REPLICA_READS,
  /** What a majority confirms is used, whether or not every server holds it. */
  UNHELD_READS,
  /** Nothing new is put into the stream of replication, so that old confirmations count. */
  NO_MESSAGE,
  /** A change counts as made when more than half of the servers hold it, not all of them. */
  MAJORITY_WRITES,
  /** A change counts as made as soon as the primary has written it. */
  UNCONFIRMED_WRITES,
  /** A change is marked as held by every server before any has confirmed it. */
  EARLY_MARKS,
  /** Nothing is ever marked as held by every server: that costs time, never truth. */
  NO_MARKS,
  /** A change is made whatever its condition says. */
  UNCONDITIONAL_CHANGES,
  /** The thresholds are read before the results that they judge are polled. */
  READ_BEFORE_POLL,
  /**
   * Each loop throws an {@code Error} once. This takes no guarantee away: all goes on by itself.
   */
  ERRORS_IN_LOOPS;

  /** Whether {@code config} asks for this fault. */
  public boolean isOn(AlertConfig config) {
    Optional<DeliberateFault> wanted = config.deliberateFault();
    if (wanted.isPresent() && !config.underTest()) {
      throw new IllegalArgumentException(
          "vigie.alert.deliberate-fault breaks a promise: it needs vigie.alert.under-test=true");
    }
    return wanted.equals(Optional.of(this));
  }
}
