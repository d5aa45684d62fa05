// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Detects that the wall clock was set back, as when NTP corrects a clock that was fast.
 *
 * <p>Kafka's clients measure every wait by the wall clock: heartbeats, the linger time of a batch,
 * retries, reconnects, refreshes of metadata, the end of a poll. After a step back by an hour such
 * a wait lasts an hour longer. Kafka has no setting for another clock, so the listeners replace
 * their clients. A step ahead only ends waits early, which clients are made for.
 */
@Singleton
public class WallClockMonitor {

  /** A smaller step prolongs a wait by less than a session timeout. */
  static final Duration MIN_STEP = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(WallClockMonitor.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Iterable<ClockStepListener> listeners;
  private final LongSupplier millis;
  private final LongSupplier nanos;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "wall-clock");

  /** The least that the wall clock was ahead of the monotonic one at the last check. */
  private long ahead;

  @Inject
  WallClockMonitor(Instance<ClockStepListener> listeners) {
    this(listeners, System::currentTimeMillis, System::nanoTime);
  }

  /**
   * @param millis the wall clock
   * @param nanos a clock that only goes forward
   */
  WallClockMonitor(Iterable<ClockStepListener> listeners, LongSupplier millis, LongSupplier nanos) {
    this.listeners = listeners;
    this.millis = millis;
    this.nanos = nanos;
    this.ahead = MILLISECONDS.toNanos(millis.getAsLong()) - nanos.getAsLong();
  }

  void start(@Observes StartupEvent start) {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent stop) {
    stopping.countDown();
  }

  private void run() {
    try {
      while (!stopping.await(INTERVAL.toMillis(), MILLISECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Compares the wall clock with the monotonic one. The monotonic clock is read before and after:
   * were this thread suspended between two readings, the wall clock would else seem to step.
   */
  void check() {
    long before = nanos.getAsLong();
    long wall = MILLISECONDS.toNanos(millis.getAsLong());
    long after = nanos.getAsLong();
    Duration step = Duration.ofNanos(ahead - (wall - before));
    ahead = wall - after;
    if (step.compareTo(MIN_STEP) > 0) {
      LOG.warnf("The wall clock was set back by %s; Kafka's clients are replaced", step);
      listeners.forEach(listener -> notify(listener, step));
    }
  }

  /** A listener that fails, also with an {@code Error}, keeps no other one from being notified. */
  private static void notify(ClockStepListener listener, Duration step) {
    try {
      listener.clockSteppedBack(step);
    } catch (Throwable e) {
      LOG.errorf(e, "%s still measures time by the clock of before", listener);
    }
  }
}
