// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One table's thread. Whatever fails, also with an {@code Error}, the table is opened again after a
 * pause and goes on from its own offsets; until then readiness says why. Only an error of the
 * virtual machine itself, such as that there is no memory, ends the process.
 */
final class ArchiveLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(ArchiveLoop.class);

  /** The exit code, as {@code -XX:+ExitOnOutOfMemoryError} has it. */
  private static final int MACHINE_FAULT = 3;

  /** Opening may fail like anything after it. */
  interface Opening {
    Archiver open() throws Exception;
  }

  private final String name;
  private final Opening opening;
  private final Duration retryDelay;
  private final TableHealth health;
  private final ArchiveMetrics metrics;
  private final Runnable end;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  ArchiveLoop(
      String name,
      Opening opening,
      Duration retryDelay,
      TableHealth health,
      ArchiveMetrics metrics) {
    this(
        name, opening, retryDelay, health, metrics, () -> Runtime.getRuntime().halt(MACHINE_FAULT));
  }

  /**
   * @param end what an error of the virtual machine leads to
   */
  ArchiveLoop(
      String name,
      Opening opening,
      Duration retryDelay,
      TableHealth health,
      ArchiveMetrics metrics,
      Runnable end) {
    this.name = name;
    this.opening = opening;
    this.retryDelay = retryDelay;
    this.health = health;
    this.metrics = metrics;
    this.end = end;
    thread = new Thread(this, "archive-" + name);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping.countDown();
  }

  /**
   * Ends what the thread waits for, and with it the clients that it waits for; the table is opened
   * again with new ones.
   */
  void reopen() {
    thread.interrupt();
  }

  /** An interrupted commit is published or not; the table will tell the instance that reads on. */
  void awaitEnd(Duration grace) throws InterruptedException {
    thread.join(grace.toMillis());
    thread.interrupt();
  }

  String name() {
    return name;
  }

  TableHealth health() {
    return health;
  }

  /** False once the loop was stopped. */
  boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void run() {
    do {
      try (Archiver archiver = opening.open()) {
        archiver.run(() -> stopping.getCount() == 0);
      } catch (Throwable e) {
        failed(e);
      }
    } while (!isStoppedWithinDelay());
  }

  /** Interrupted by {@link #reopen}, or by {@link #awaitEnd} after the loop was stopped. */
  private boolean isStoppedWithinDelay() {
    try {
      return stopping.await(retryDelay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return stopping.getCount() == 0;
    }
  }

  private void failed(Throwable failure) {
    if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
      end.run();
    }
    metrics.failed();
    // An outage of an hour is one line, not thousands.
    LOG.logf(
        health.failed(failure) ? Logger.Level.WARN : Logger.Level.DEBUG,
        failure,
        "%s: opened again every %s",
        name,
        retryDelay);
  }
}
