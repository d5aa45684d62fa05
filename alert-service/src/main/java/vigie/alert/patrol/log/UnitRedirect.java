// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import io.quarkus.websockets.next.CloseReason;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sends units to other instances while this one does not get all alerts. Units that come meanwhile
 * get what there is, for a timeout; then they are sent away too. So where there is no other
 * instance they miss nothing of what this one can read. For one thread.
 */
final class UnitRedirect {

  private static final CloseReason BEHIND =
      new CloseReason(1013, "this instance does not get all alerts");

  private final LogListener listener;
  private final long nanosBetween;
  private final LongSupplier nanos;
  private boolean behind;
  private long at;

  UnitRedirect(LogListener listener, Duration timeout, LongSupplier nanos) {
    this.listener = listener;
    this.nanosBetween = timeout.toNanos();
    this.nanos = nanos;
  }

  /**
   * @param now whether there are alerts that this instance does not get
   */
  void update(boolean now) {
    if (now && (!behind || nanos.getAsLong() - at >= nanosBetween)) {
      at = nanos.getAsLong();
      listener.end(BEHIND);
    }
    behind = now;
  }
}
