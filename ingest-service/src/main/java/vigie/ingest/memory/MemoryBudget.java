// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import vigie.ingest.model.IngestConfig;

/**
 * The bytes that requests in progress hold, bounded: those of the whole process, or of a sender.
 */
@Singleton
public final class MemoryBudget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  @Inject
  MemoryBudget(IngestConfig config) {
    this(config.inFlightSize().asLongValue());
  }

  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  public long used() {
    return used.get();
  }

  /** Taking first and giving back what is too much never lets two threads pass together. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    give(bytes);
    return false;
  }

  void give(long bytes) {
    used.addAndGet(-bytes);
  }
}
