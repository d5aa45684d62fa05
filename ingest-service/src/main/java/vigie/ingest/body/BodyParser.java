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
import vigie.ingest.event.EventParser;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.RequestContext;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.model.SenderIdentity;
import vigie.ingest.quota.RequestMeter;

/**
 * Turns bodies of one kind of event into batches: a small one on the event loop that it came on, a
 * large or compressed one on a worker. There are as many workers as processors: more would only
 * take turns, and wait for each other at the producer.
 */
public final class BodyParser {

  /** What is done with a batch. */
  @FunctionalInterface
  public interface Next<T> {
    T take(Batch batch) throws RequestException;
  }

  private static final Logger LOG = Logger.getLogger(BodyParser.class);

  private final ThreadLocal<EventParser> parsers;
  private final WorkerExecutor workers;
  private final Clock clock;
  private final long workerSize;
  private final long maxBodySize;
  private final int maxRecords;

  public BodyParser(
      Supplier<EventParser> parser, WorkerExecutor workers, Clock clock, IngestConfig config) {
    this.parsers = ThreadLocal.withInitial(parser);
    this.workers = workers;
    this.clock = clock;
    this.workerSize = config.workerSize().asLongValue();
    this.maxBodySize = config.maxBodySize().asLongValue();
    this.maxRecords = config.maxRecords();
  }

  /** Reads {@code bytes} and hands the batch to {@code next} on the same thread. */
  public <T> Future<T> read(
      byte[] bytes,
      BodyFormat format,
      ContentCoding coding,
      SenderIdentity sender,
      MemoryReservation reservation,
      RequestMeter meter,
      Next<T> next) {
    Callable<T> work = () -> next.take(read(bytes, format, coding, sender, reservation, meter));
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
      BodyFormat format,
      ContentCoding coding,
      SenderIdentity sender,
      MemoryReservation reservation,
      RequestMeter meter)
      throws RequestException {
    try {
      byte[] body = coding.decode(bytes, maxBodySize, reservation, meter);
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      BatchBuilder builder =
          new BatchBuilder(
              parsers.get(), new RequestContext(sender, now), maxRecords, reservation, meter);
      format.read(Utf8.withoutByteOrderMark(body), builder);
      return builder.build();
    } catch (RequestException | OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      LOG.warnf("A body of %d bytes cannot be read: %s", bytes.length, e);
      throw new RequestException(RequestError.BODY_UNREADABLE, e.getClass().getSimpleName(), e);
    }
  }
}
