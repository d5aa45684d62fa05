// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/**
 * What one sender has left of a {@link RateLimit}. It fills steadily, so one number says all: when
 * it will be full. Safe for use by several threads.
 */
public final class TokenBucket {

  private final RateLimit limit;
  private final AtomicLong fullAt;

  TokenBucket(RateLimit limit) {
    this.limit = limit;
    this.fullAt = new AtomicLong(limit.now());
  }

  /** Whether nothing is left. */
  public boolean isEmpty() {
    return !limit.isNone() && debt(fullAt.get(), limit.now()) >= 0;
  }

  /** Takes so much, into debt if need be; false when the debt is larger than it may be. */
  public boolean take(long amount) {
    if (limit.isNone()) {
      return true;
    }
    long now = limit.now();
    long nanos = limit.nanosFor(amount);
    long full = fullAt.accumulateAndGet(nanos, (at, more) -> now + Math.max(0, at - now) + more);
    return debt(full, now) <= limit.mostDebt();
  }

  /** Refuses a request until something is left. */
  public RequestException refusal(RequestError error) {
    long wait = Math.max(0, debt(fullAt.get(), limit.now()));
    return new RequestException(error, limit.rule(), Duration.ofNanos(wait + 1));
  }

  /** As the time that it takes to pay; negative while something is left. */
  private long debt(long full, long now) {
    return full - now - limit.burst();
  }
}
