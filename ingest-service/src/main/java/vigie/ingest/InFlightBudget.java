// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that requests in progress hold, bounded: those of the whole process, or of a sender.
 */
@Singleton
final class InFlightBudget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  @Inject
  InFlightBudget(IngestConfig config) {
    this(config.inFlightSize().asLongValue());
  }

  InFlightBudget(long limit) {
    this.limit = limit;
  }

  long used() {
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
