// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import java.time.Duration;
import java.time.Instant;
import vigie.events.Alert;

/**
 * When an alert that no unit claimed is to be raised again, and until when that is worth it. Two
 * clocks tell when it was raised, the judge's and the broker's; either may be wrong. The earlier
 * time decides when it is due, so that no clock delays it; the later one until when it is worth it,
 * so that no clock drops it.
 */
final class Deadlines {

  /** What was due longer ago, since no instance escalated then, concerns no unit any more. */
  private static final Duration WORTH_IT = Duration.ofHours(1);

  private final Duration after;
  private final BrokerTime time;

  Deadlines(Duration after, BrokerTime time) {
    this.after = after;
    this.time = time;
  }

  /**
   * How long units may still take to claim an alert that was just read: at most {@code after}, and
   * nothing when it is due.
   */
  Duration left(Alert alert, Instant appended) {
    Instant raised = earlier(alert.getRaisedAt(), appended);
    time.passed(raised);
    Duration left = Duration.between(time.now(), raised.plus(after));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether an alert is too old to be raised again, if it is {@code now}. */
  boolean isOver(Alert alert, Instant appended, Instant now) {
    return !later(alert.getRaisedAt(), appended).plus(after).plus(WORTH_IT).isAfter(now);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
