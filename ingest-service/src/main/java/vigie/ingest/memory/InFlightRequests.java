// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The requests in progress: the memory they hold, how many they are, and since when the oldest of
 * them. Each counts in the slot of the tenth of a second in which it began. Time and size limits
 * end every request long before the slots come round again. Lock-free, since every request passes
 * here twice.
 */
@Singleton
public final class InFlightRequests {

  private static final long SLOT_NANOS = Duration.ofMillis(100).toNanos();
  private static final int SLOTS = 2048;

  private final MemoryBudget budget;
  private final long origin = System.nanoTime();
  private final AtomicIntegerArray begun = new AtomicIntegerArray(SLOTS);
  private final AtomicInteger open = new AtomicInteger();

  InFlightRequests(MemoryBudget budget) {
    this.budget = budget;
  }

  public InFlightRequest begin() {
    int slot = slot(now());
    begun.incrementAndGet(slot);
    open.incrementAndGet();
    return new InFlightRequest(new MemoryReservation(budget), slot);
  }

  /** To be called once for each request; its memory is given back. */
  public void end(InFlightRequest request) {
    request.reservation().release();
    begun.decrementAndGet(request.slot());
    open.decrementAndGet();
  }

  public int count() {
    return open.get();
  }

  /** In seconds, to a tenth; 0 when nothing is in progress. */
  public double oldestAge() {
    long now = now();
    for (long tick = Math.max(0, now - SLOTS + 1); tick <= now && count() > 0; tick++) {
      if (begun.get(slot(tick)) > 0) {
        return (now - tick) * SLOT_NANOS / 1e9;
      }
    }
    return 0;
  }

  private long now() {
    return (System.nanoTime() - origin) / SLOT_NANOS;
  }

  private static int slot(long tick) {
    return (int) (tick % SLOTS);
  }
}
