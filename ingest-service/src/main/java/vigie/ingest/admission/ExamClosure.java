// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.admission;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import vigie.ingest.memory.InFlightRequests;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/**
 * An operator closes the exam of all instances by a file, which outlives each of them. New requests
 * are refused while it exists; the exam is closed once all requests of before are answered.
 */
@Singleton
public final class ExamClosure {

  private static final Logger LOG = Logger.getLogger(ExamClosure.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Tens of thousands of laptops ask again until the next exam. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** The ages of requests are known to a tenth of a second. */
  private static final double PRECISION_SECONDS = 0.2;

  private static final long OPEN = Long.MIN_VALUE;

  private final Optional<Path> file;
  private final InFlightRequests requests;
  private final Vertx vertx;
  private final long origin = System.nanoTime();

  /** Nanoseconds since the origin; written by one worker thread at a time. */
  private volatile long closedSince = OPEN;

  ExamClosure(IngestConfig config, InFlightRequests requests, Vertx vertx) {
    this.file = config.examClosedFile().map(Path::of);
    this.requests = requests;
    this.vertx = vertx;
  }

  /** The port is not open yet: an instance that starts in a closed exam takes no request. */
  void watch(@Observes StartupEvent start) {
    file.ifPresent(
        path -> {
          look(path);
          vertx.setPeriodic(POLL.toMillis(), timer -> lookOnWorker(path));
        });
  }

  void admit() throws RequestException {
    if (closedSince != OPEN) {
      throw new RequestException(
          RequestError.EXAM_CLOSED, "Keep the events until the next exam begins", RETRY_AFTER);
    }
  }

  /**
   * {@code open}, {@code closing} or {@code closed}. A request is counted before it is admitted, so
   * that each one that was admitted is older than the closure.
   */
  public String state() {
    long since = closedSince;
    if (since == OPEN) {
      return "open";
    }
    double age = (System.nanoTime() - origin - since) / 1e9;
    return requests.oldestAge() + PRECISION_SECONDS < age ? "closed" : "closing";
  }

  private void lookOnWorker(Path path) {
    var unused =
        vertx.executeBlocking(
            () -> {
              look(path);
              return null;
            });
  }

  /** A file that cannot be looked for may be there: nothing opens the exam but its absence. */
  private void look(Path path) {
    boolean closed = !Files.notExists(path);
    if (closed != (closedSince != OPEN)) {
      closedSince = closed ? System.nanoTime() - origin : OPEN;
      LOG.infof("The exam is %s by %s", closed ? "closed" : "open", path);
    }
  }
}
