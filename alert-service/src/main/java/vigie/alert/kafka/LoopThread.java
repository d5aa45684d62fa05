// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One thread that runs a session with Kafka for the life of the process. A session that ends or
 * fails is started again after a pause: it must begin with what Kafka holds and keep nothing of its
 * own, so that a new one repeats work at worst and skips none.
 */
public final class LoopThread implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LoopThread.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** What the thread does until {@link LoopThread#isStopping}. */
  @FunctionalInterface
  public interface Session {
    void run(LoopThread loop) throws Exception;
  }

  private final Session session;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Optional<String> hindrance = Optional.of("starting");

  public LoopThread(String name, Session session) {
    this.session = session;
    this.thread = new Thread(this::run, name);
  }

  public void start() {
    thread.start();
  }

  public boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Says that the session does its work. */
  public void working() {
    hindrance = Optional.empty();
  }

  /** Says why the session cannot do its work at present; logged when it changes. */
  public void hindered(String why) {
    if (!hindrance.equals(Optional.of(why))) {
      LOG.warnf("%s waits: %s", thread.getName(), why);
    }
    hindrance = Optional.of(why);
  }

  /** Why the work is not being done, or nothing when it is. */
  public Optional<String> hindrance() {
    return hindrance;
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
        session.run(this);
      } catch (Exception e) {
        LOG.debugf(e, "%s failed", thread.getName());
        hindered(e.toString());
      }
    } while (!stopsWithin(PAUSE));
  }

  private boolean stopsWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return isStopping();
    }
  }
}
