// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a member that left its group stays out of it: twice as long each time when its return
 * did not help, and the shortest time again once it has been in the group for the longest stay.
 */
final class RejoinBackoff {

  private static final int LONGEST = 16;

  private final Duration shortest;
  private final Duration longest;
  private final LongSupplier nanos;
  private Duration last = Duration.ZERO;
  private long returnedAt;

  /**
   * @param nanos a clock that only goes forward
   */
  RejoinBackoff(Duration shortest, LongSupplier nanos) {
    this.shortest = shortest;
    this.longest = shortest.multipliedBy(LONGEST);
    this.nanos = nanos;
  }

  /** The member leaves now, and stays away for so long at least. */
  Duration begin() {
    boolean helped = nanos.getAsLong() - returnedAt > longest.toNanos();
    Duration doubled = last.multipliedBy(2);
    last = last.isZero() || helped ? shortest : doubled.compareTo(longest) < 0 ? doubled : longest;
    return last;
  }

  /** The member returns now. */
  void end() {
    returnedAt = nanos.getAsLong();
  }
}
