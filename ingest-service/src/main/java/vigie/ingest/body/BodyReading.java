// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import vigie.ingest.event.EventReader;
import vigie.ingest.memory.Reservation;
import vigie.ingest.model.Arrival;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;
import vigie.ingest.model.Sender;
import vigie.ingest.quota.Charge;

/**
 * Turns bodies of one kind of event into batches: a small one on the event loop that it came on, a
 * large or compressed one on a worker. There are as many workers as processors: more would only
 * take turns, and wait for each other at the producer.
 */
public final class BodyReading {

  /** What is done with a batch. */
  @FunctionalInterface
  public interface Next<T> {
    T take(Batch batch) throws RefusedException;
  }

  private static final Logger LOG = Logger.getLogger(BodyReading.class);

  private final ThreadLocal<EventReader> readers;
  private final WorkerExecutor workers;
  private final Clock clock;
  private final long workerSize;
  private final long maxBodySize;
  private final int maxRecords;

  public BodyReading(
      Supplier<EventReader> reader, WorkerExecutor workers, Clock clock, IngestConfig config) {
    this.readers = ThreadLocal.withInitial(reader);
    this.workers = workers;
    this.clock = clock;
    this.workerSize = config.workerSize().asLongValue();
    this.maxBodySize = config.maxBodySize().asLongValue();
    this.maxRecords = config.maxRecords();
  }

  /** Reads {@code bytes} and hands the batch to {@code next} on the same thread. */
  public <T> Future<T> read(
      byte[] bytes,
      BatchReader format,
      ContentCoding coding,
      Sender sender,
      Reservation reservation,
      Charge charge,
      Next<T> next) {
    Callable<T> work = () -> next.take(read(bytes, format, coding, sender, reservation, charge));
    if (coding != ContentCoding.IDENTITY || bytes.length > workerSize) {
      return workers.executeBlocking(work, false);
    }
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * Whatever a body makes a decoder or a parser fail with is the body's fault, also a
   * StackOverflowError; but without memory nothing is known of it.
   */
  private Batch read(
      byte[] bytes,
      BatchReader format,
      ContentCoding coding,
      Sender sender,
      Reservation reservation,
      Charge charge)
      throws RefusedException {
    try {
      byte[] body = coding.decode(bytes, maxBodySize, reservation, charge);
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      BatchBuilder builder =
          new BatchBuilder(
              readers.get(), new Arrival(sender, now), maxRecords, reservation, charge);
      format.read(Utf8.withoutByteOrderMark(body), builder);
      return builder.build();
    } catch (RefusedException | OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      LOG.warnf("A body of %d bytes cannot be read: %s", bytes.length, e);
      throw new RefusedException(Refusal.BODY_UNREADABLE, e.getClass().getSimpleName(), e);
    }
  }
}
