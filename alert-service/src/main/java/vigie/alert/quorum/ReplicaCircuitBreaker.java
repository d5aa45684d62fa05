// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Remembers for a moment that not all replicas confirmed. Meanwhile what needs all of them is
 * refused at once: to ask each time would hold a connection until the replicas' time is over, and
 * there are few connections. It is never used to believe anything, so a wrong memory costs a moment
 * and no truth. Safe for use by several threads.
 */
@Singleton
final class ReplicaCircuitBreaker {

  private static final long MEMORY = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;
  private volatile Noted noted;

  private record Noted(String what, long at) {}

  @Inject
  ReplicaCircuitBreaker() {
    this(System::nanoTime);
  }

  ReplicaCircuitBreaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** All replicas were asked, and not all confirmed. */
  void begins(String what) {
    noted = new Noted(what, nanos.getAsLong());
  }

  /** All replicas confirmed. */
  void ends() {
    if (noted != null) {
      noted = null;
    }
  }

  /** Why all replicas need not be asked just now. */
  Optional<QuorumNotReachedException> known() {
    Noted last = noted;
    return last != null && nanos.getAsLong() - last.at() < MEMORY
        ? Optional.of(new QuorumNotReachedException(last.what() + ", a moment ago"))
        : Optional.empty();
  }
}
