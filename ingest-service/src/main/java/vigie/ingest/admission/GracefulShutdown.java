// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.admission;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import vigie.ingest.memory.InFlightRequests;
import vigie.ingest.model.IngestConfig;

/**
 * The way down: new requests are refused while the port is still open, and what is in progress is
 * finished before the port and then the producers are closed.
 */
@Singleton
public final class GracefulShutdown {

  private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(10).toNanos();

  private final IngestConfig config;
  private final InFlightRequests open;
  private volatile boolean begun;

  GracefulShutdown(IngestConfig config, InFlightRequests open) {
    this.config = config;
    this.open = open;
  }

  public boolean hasBegun() {
    return begun;
  }

  /** Shutdown goes on when this returns. */
  void finish(@Observes ShutdownDelayInitiatedEvent shutdown) {
    begun = true;
    long start = System.nanoTime();
    long soonest = start + config.drainDelay().toNanos();
    long latest = start + config.drainTimeout().toNanos();
    while (isBefore(soonest) || (open.count() > 0 && isBefore(latest))) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    LOG.infof("Drained; requests left without an answer: %d", open.count());
  }

  private static boolean isBefore(long nanoTime) {
    return System.nanoTime() - nanoTime < 0;
  }
}
