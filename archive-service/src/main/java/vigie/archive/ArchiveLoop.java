// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One table's thread. Whatever fails, the table is opened again after a pause and goes on from its
 * own offsets; until then readiness says why.
 */
final class ArchiveLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(ArchiveLoop.class);

  /** Opening may fail like anything after it. */
  interface Opening {
    Archiver open() throws Exception;
  }

  private final String name;
  private final Opening opening;
  private final Duration retryDelay;
  private final TableHealth health;
  private final ArchiveMetrics metrics;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  ArchiveLoop(
      String name,
      Opening opening,
      Duration retryDelay,
      TableHealth health,
      ArchiveMetrics metrics) {
    this.name = name;
    this.opening = opening;
    this.retryDelay = retryDelay;
    this.health = health;
    this.metrics = metrics;
    thread = new Thread(this, "archive-" + name);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping.countDown();
  }

  /** An interrupted commit is published or not; the table will tell whoever reads on. */
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

  /** False after an error that is no exception, such as a missing class; only a restart helps. */
  boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void run() {
    try {
      do {
        try (Archiver archiver = opening.open()) {
          archiver.run(() -> stopping.getCount() == 0);
        } catch (Exception e) {
          metrics.failed();
          // An outage of an hour is one line, not thousands.
          LOG.logf(
              health.failed(e) ? Logger.Level.WARN : Logger.Level.DEBUG,
              e,
              "%s: opened again every %s",
              name,
              retryDelay);
        }
      } while (!stopping.await(retryDelay.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debugf("%s: interrupted", name);
    }
  }
}
