// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is where alerts are appended: this machine's clock, but never behind what the alerts
 * tell. When one was read it had been appended, and since then so much has passed as {@code ticks}
 * counts. So a clock that is behind delays nothing beyond the rule. For one thread.
 */
final class BrokerTime {

  private final InstantSource clock;
  private final LongSupplier ticks;
  private final long start;

  /** What time it was at least when the ticks were {@code start}. */
  private Instant least = Instant.MIN;

  /**
   * @param ticks nanoseconds, which do not change when a clock is set
   */
  BrokerTime(InstantSource clock, LongSupplier ticks) {
    this.clock = clock;
    this.ticks = ticks;
    this.start = ticks.getAsLong();
  }

  /** Says that {@code instant} is over. */
  void passed(Instant instant) {
    Instant then = instant.minus(elapsed());
    if (then.isAfter(least)) {
      least = then;
    }
  }

  Instant now() {
    Instant own = clock.instant();
    if (least.equals(Instant.MIN)) {
      return own;
    }
    Instant told = least.plus(elapsed());
    return told.isAfter(own) ? told : own;
  }

  private Duration elapsed() {
    return Duration.ofNanos(ticks.getAsLong() - start);
  }
}
