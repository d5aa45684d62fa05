// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import java.util.function.LongSupplier;

/** How much of something one sender may use, on average and after a pause. */
final class RateLimit {

  /** No limit. */
  static final RateLimit NONE = new RateLimit("", 0, 0, 0, System::nanoTime);

  private final String rule;
  private final double nanosEach;
  private final long burst;
  private final long mostDebt;
  private final LongSupplier nanoTime;

  /**
   * A request is taken while something is left, and may then need more than that: a debt, which has
   * to be paid before the next request is taken. Requests that arrive at the same time may not go
   * beyond {@code mostDebt} together, which is what the largest one needs.
   *
   * @param rule for the sender to read
   * @param rate in a second on average; 0 is no limit
   * @param burst at once after a pause
   */
  RateLimit(String rule, long rate, long burst, long mostDebt, LongSupplier nanoTime) {
    this.rule = rule;
    this.nanosEach = rate == 0 ? 0 : 1e9 / rate;
    this.burst = (long) (burst * nanosEach);
    this.mostDebt = (long) (mostDebt * nanosEach);
    this.nanoTime = nanoTime;
  }

  TokenBucket bucket() {
    return new TokenBucket(this);
  }

  boolean isNone() {
    return nanosEach == 0;
  }

  /** What the sender may do. */
  String rule() {
    return rule;
  }

  /** How long it takes until so much may be used. */
  long nanosFor(long amount) {
    return (long) (amount * nanosEach);
  }

  /** As the time that it takes to fill. */
  long burst() {
    return burst;
  }

  /** As the time that it takes to pay. */
  long mostDebt() {
    return mostDebt;
  }

  long now() {
    return nanoTime.getAsLong();
  }
}
