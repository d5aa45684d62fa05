// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

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
import vigie.service.MachineFault;

/**
 * One thread that runs a session with Kafka for the life of the process. A session that ends or
 * fails, also with an {@code Error}, is started again after a pause: it must begin with what Kafka
 * holds and keep nothing of its own, so that a new one repeats work at worst and skips none. Only a
 * {@link MachineFault} ends the process.
 */
public final class SupervisedLoop implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(SupervisedLoop.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

  /** What the thread does as long as {@link SupervisedLoop#goesOn}. */
  @FunctionalInterface
  public interface Session {
    void run(SupervisedLoop loop) throws Exception;
  }

  /**
   * How long a loop waits, and others for it.
   *
   * @param retryDelay before a session is started again
   * @param maxTurn how long a turn takes at most while the thread is well
   */
  public record Timing(Duration retryDelay, Duration maxTurn) {

    /**
     * Kafka's producer takes up to half a minute to fail, its other clients one, and Redis seconds.
     */
    public static final Timing KAFKA = new Timing(Duration.ofSeconds(1), Duration.ofMinutes(4));
  }

  private final Session session;
  private final Timing timing;
  private final Consumer<Throwable> end;
  private final LongSupplier nanos;
  private final Thread thread;
  private final StalledPartitions stalledPartitions;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger turnsToFault = new AtomicInteger();
  private final AtomicLong errors = new AtomicLong();

  /** Whether {@link #restartSession} ends the session. */
  private volatile boolean restarting;

  private volatile boolean started;
  private volatile long turnedAt;
  private volatile Optional<String> notReadyReason = Optional.of("starting");

  public SupervisedLoop(String name, Session session) {
    this(name, Timing.KAFKA, session);
  }

  public SupervisedLoop(String name, Timing timing, Session session) {
    this(name, timing, session, MachineFault::endProcess, System::nanoTime);
  }

  /**
   * For tests, with another clock.
   *
   * @param end what a {@link MachineFault} leads to
   * @param nanos a clock that only goes forward
   */
  public SupervisedLoop(
      String name, Timing timing, Session session, Consumer<Throwable> end, LongSupplier nanos) {
    this.session = session;
    this.timing = timing;
    this.end = end;
    this.nanos = nanos;
    this.thread = new Thread(this::run, name);
    this.stalledPartitions = new StalledPartitions(name);
  }

  public void start() {
    turnedAt = nanos.getAsLong();
    started = true;
    thread.start();
  }

  /** Begins another turn of the session; false when the session has to end. */
  public boolean goesOn() {
    turnedAt = nanos.getAsLong();
    if (turnsToFault.get() > 0 && turnsToFault.decrementAndGet() == 0) {
      throw new AssertionError("a deliberate fault of " + thread.getName());
    }
    return !restarting && !isStopping();
  }

  /**
   * Ends the session, which is started again. The thread is interrupted, since the session may wait
   * by a wall clock that was set back: it would turn only when that time comes again.
   */
  public void restartSession() {
    restarting = true;
    thread.interrupt();
  }

  /** Waits for so long, or until the session has to end. */
  public void pause(Duration time) {
    var unused = stopsWithin(time);
  }

  public String name() {
    return thread.getName();
  }

  public long errors() {
    return errors.get();
  }

  /** How long this turn has taken so far; zero before the start. */
  public Duration sinceTurn() {
    return started ? Duration.ofNanos(nanos.getAsLong() - turnedAt) : Duration.ZERO;
  }

  /** False when the thread is stuck or gone, so that only a new process does its work. */
  public boolean hasTurnedLately() {
    return sinceTurn().compareTo(timing.maxTurn()) <= 0;
  }

  /** For tests only: has the session fail once, with an {@code Error}, when it turns so often. */
  public void failAfter(int turns) {
    turnsToFault.set(turns);
  }

  /** Reports that the session does its work. */
  public void ready() {
    notReadyReason = Optional.empty();
  }

  /** Reports why the session cannot do its work at present; logged when it changes. */
  public void notReady(String reason) {
    if (changes(reason)) {
      LOG.warnf("%s waits: %s", thread.getName(), reason);
    }
  }

  /** Reports which partitions wait for this reason, while the session does the rest of its work. */
  public void stalled(StallReason reason, Set<TopicPartition> partitions) {
    stalledPartitions.report(reason, partitions);
  }

  public StalledPartitions stalledPartitions() {
    return stalledPartitions;
  }

  /** Why the work, or a part of it, is not being done, or nothing when all is. */
  public Optional<String> notReadyReason() {
    Optional<String> rest = stalledPartitions.reason();
    return notReadyReason
        .map(reason -> rest.map(more -> reason + "; " + more).orElse(reason))
        .or(() -> rest);
  }

  /** Has the session end by itself, without waiting for that. */
  public void stop() {
    stopping.countDown();
  }

  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /** Waits for the session to end by itself, then interrupts it. */
  public void close(Duration timeout) {
    stop();
    try {
      thread.join(timeout.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    do {
      try {
        turnedAt = nanos.getAsLong();
        restarting = false;
        stalledPartitions.clear();
        session.run(this);
      } catch (Throwable e) {
        failed(e);
      }
    } while (!stopsWithin(timing.retryDelay()));
  }

  /** A reason is logged with its origin once: an outage of an hour is one entry, not thousands. */
  private void failed(Throwable failure) {
    boolean error = failure instanceof Error;
    if (error) {
      errors.incrementAndGet();
    }
    if (MachineFault.is(failure)) {
      end.accept(failure);
    }
    Logger.Level level = error ? Logger.Level.ERROR : Logger.Level.WARN;
    boolean expected = !error && (restarting || isStopping());
    LOG.logf(
        changes(failure.toString()) && !expected ? level : Logger.Level.DEBUG,
        failure,
        "%s failed and begins again",
        thread.getName());
  }

  /** True when this is not the reason already known. */
  private boolean changes(String reason) {
    Optional<String> before = notReadyReason;
    notReadyReason = Optional.of(reason);
    return !notReadyReason.equals(before);
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
