// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.access.MachineFault;

/**
 * One thread that runs a session with Kafka for the life of the process. A session that ends or
 * fails, also with an {@code Error}, is started again after a pause: it must begin with what Kafka
 * holds and keep nothing of its own, so that a new one repeats work at worst and skips none. Only a
 * {@link MachineFault} ends the process.
 */
public final class SupervisedLoop implements AutoCloseable {

  /**
   * How long ago a loop that lives began its turn at most. Kafka's producer takes up to half a
   * minute to fail, its other clients one, and Redis seconds.
   */
  static final Duration LONGEST_TURN = Duration.ofMinutes(4);

  private static final Logger LOG = Logger.getLogger(SupervisedLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** What the thread does as long as {@link SupervisedLoop#goesOn}. */
  @FunctionalInterface
  public interface Session {
    void run(SupervisedLoop loop) throws Exception;
  }

  private final Session session;
  private final Consumer<Throwable> end;
  private final LongSupplier nanos;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger turnsToFault = new AtomicInteger();
  private final AtomicLong errors = new AtomicLong();
  private volatile boolean ending;
  private volatile long turnedAt;
  private volatile Optional<String> notReadyReason = Optional.of("starting");
  private final StalledPartitions stalledPartitions;

  public SupervisedLoop(String name, Session session) {
    this(name, session, MachineFault::endProcess, System::nanoTime);
  }

  /**
   * @param end what a {@link MachineFault} leads to
   * @param nanos a clock that only goes forward
   */
  SupervisedLoop(String name, Session session, Consumer<Throwable> end, LongSupplier nanos) {
    this.session = session;
    this.end = end;
    this.nanos = nanos;
    this.turnedAt = nanos.getAsLong();
    this.thread = new Thread(this::run, name);
    this.stalledPartitions = new StalledPartitions(name);
  }

  public void start() {
    thread.start();
  }

  /** Begins another turn of the session; false when the session has to end. */
  public boolean goesOn() {
    turnedAt = nanos.getAsLong();
    if (turnsToFault.get() > 0 && turnsToFault.decrementAndGet() == 0) {
      throw new AssertionError("a deliberate fault of " + thread.getName());
    }
    return !ending && !isStopping();
  }

  /**
   * Ends the session, which is started again. The thread is interrupted, since the session may wait
   * by a wall clock that was set back: it would turn only when that time comes again.
   */
  void restartSession() {
    ending = true;
    thread.interrupt();
  }

  /** Waits for so long, or until the session has to end. */
  void pause(Duration time) {
    var unused = stopsWithin(time);
  }

  String name() {
    return thread.getName();
  }

  long errors() {
    return errors.get();
  }

  /** How long this turn has taken so far. */
  Duration sinceTurn() {
    return Duration.ofNanos(nanos.getAsLong() - turnedAt);
  }

  /** For tests only: has the session fail once, with an {@code Error}, when it turns so often. */
  void failAfter(int turns) {
    turnsToFault.set(turns);
  }

  /** Says that the session does its work. */
  public void ready() {
    notReadyReason = Optional.empty();
  }

  /** Says why the session cannot do its work at present; logged when it changes. */
  public void notReady(String reason) {
    if (!notReadyReason.equals(Optional.of(reason))) {
      LOG.warnf("%s waits: %s", thread.getName(), reason);
    }
    notReadyReason = Optional.of(reason);
  }

  /** Says which partitions wait for this reason, while the session does the rest of its work. */
  public void stalled(StallReason reason, Set<TopicPartition> partitions) {
    stalledPartitions.report(reason, partitions);
  }

  StalledPartitions stalledPartitions() {
    return stalledPartitions;
  }

  /** Why the work, or a part of it, is not being done, or nothing when all is. */
  public Optional<String> notReadyReason() {
    Optional<String> rest = stalledPartitions.reason();
    return notReadyReason
        .map(reason -> rest.map(more -> reason + "; " + more).orElse(reason))
        .or(() -> rest);
  }

  /** Waits for the session to end by itself, then interrupts it. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(PATIENCE.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    do {
      try {
        turnedAt = nanos.getAsLong();
        ending = false;
        stalledPartitions.clear();
        session.run(this);
      } catch (Exception e) {
        LOG.debugf(e, "%s failed", thread.getName());
        notReady(e.toString());
      } catch (Throwable e) {
        failed(e);
      }
    } while (!stopsWithin(PAUSE));
  }

  /** An error is a fault of ours: where it comes from is said as well. */
  private void failed(Throwable error) {
    errors.incrementAndGet();
    if (MachineFault.is(error)) {
      end.accept(error);
    }
    LOG.errorf(error, "%s failed and begins again", thread.getName());
    notReady(error.toString());
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean stopsWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return isStopping();
    }
  }
}
