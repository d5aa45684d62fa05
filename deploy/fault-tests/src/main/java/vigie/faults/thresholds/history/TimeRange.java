// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import java.time.Instant;

/**
 * The time that an operation took. It took effect at one instant of it.
 *
 * @param from before its first byte was sent, in ns since the epoch by the clock of this machine,
 *     which every process of a run reads
 * @param to after its answer was read, same clock
 */
public record TimeRange(long from, long to) {

  private static final long NANOS = 1_000_000_000L;

  /** This moment. */
  public static long now() {
    return nanos(Instant.now());
  }

  static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }
}
