// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import java.time.Duration;
import java.util.Optional;

/**
 * By when results have to be judged in a run, and when none may be.
 *
 * @param alwaysOn whether results of settled exercises are judged while the fault lasts: it leaves
 *     a majority of the Redis servers, the primary and every judge at work
 * @param whole when every process did its work again, in ns since the epoch
 * @param alone while the primary had no replica that answers
 */
public record Liveness(boolean alwaysOn, long whole, Optional<TimeRange> alone) {

  /** From the moment a result of a settled exercise was sent to its alert. */
  static final Duration MAX_SETTLED_DELAY = Duration.ofSeconds(10);

  /**
   * From the moment all was whole again to the last alert of a result that was sent before. It is
   * longer than a judge that was killed keeps its partitions.
   */
  static final Duration MAX_RECOVERY = Duration.ofSeconds(20);

  /** What was confirmed before the primary was alone is used within this time. */
  static final Duration MAX_USE = Duration.ofMillis(1500);

  /** Where time does not matter. */
  static final Liveness UNLIMITED = new Liveness(false, Long.MAX_VALUE / 2, Optional.empty());

  /** Whether all of {@code span} lies where no answer of the primary could be confirmed. */
  boolean isUnconfirmed(TimeRange span) {
    return alone
        .filter(one -> span.from() > one.from() + MAX_USE.toNanos() && span.to() < one.to())
        .isPresent();
  }

  long deadline(Event event) {
    return alwaysOn && event.kind() == Event.Kind.SETTLED
        ? event.span().from() + MAX_SETTLED_DELAY.toNanos()
        : Math.max(event.span().from(), whole) + MAX_RECOVERY.toNanos();
  }
}
