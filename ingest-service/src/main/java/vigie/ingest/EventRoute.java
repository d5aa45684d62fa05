// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

/** One kind of event over HTTP: reads the request, appends its events, then answers. */
final class EventRoute implements Handler<RoutingContext> {

  private final EventReader reader;
  private final EventSink sink;
  private final IngestConfig config;
  private final InFlightBudget budget;
  private final Clock clock;
  private final EventMetrics metrics;

  EventRoute(
      EventReader reader,
      EventSink sink,
      IngestConfig config,
      InFlightBudget budget,
      Clock clock,
      EventMetrics metrics) {
    this.reader = reader;
    this.sink = sink;
    this.config = config;
    this.budget = budget;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** The memory is given back only when the answer is written or its connection lost. */
  @Override
  public void handle(RoutingContext context) {
    Reservation reservation = new Reservation(budget);
    receive(context, reservation)
        .compose(batch -> append(context, batch))
        .onSuccess(metrics::answered)
        .map(Answer::of)
        .recover(this::refused)
        .compose(answer -> answer.send(context.response(), config.retryAfter()))
        .onComplete(
            sent -> {
              reservation.release();
              if (sent.failed() && !context.response().closed()) {
                context.fail(sent.cause());
              }
            });
  }

  private Future<Batch> receive(RoutingContext context, Reservation reservation) {
    HttpServerRequest request = context.request();
    RequestBody body = new RequestBody(request, config.maxBodySize().asLongValue(), reservation);
    Future<byte[]> received = body.collect(context.vertx(), config.bodyTimeout());
    try {
      BatchReader format = BatchReader.of(request.getHeader("Content-Type"));
      ContentCoding coding = ContentCoding.of(request.getHeader("Content-Encoding"));
      return received.compose(
          bytes -> run(context, bytes, () -> read(bytes, format, coding, reservation)));
    } catch (RefusedException refusal) {
      body.refuse(refusal);
      return received.mapEmpty();
    }
  }

  private Batch read(
      byte[] bytes, BatchReader format, ContentCoding coding, Reservation reservation)
      throws RefusedException {
    byte[] body = coding.decode(bytes, config.maxBodySize().asLongValue(), reservation);
    BatchBuilder batch =
        new BatchBuilder(
            reader,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            config.maxRecords(),
            reservation);
    format.read(body, batch);
    return batch.build();
  }

  private <T> Future<T> run(RoutingContext context, byte[] bytes, Callable<T> work) {
    if (bytes.length > config.workerSize().asLongValue()) {
      return context.vertx().executeBlocking(work, false);
    }
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  /** The acknowledgement comes on Kafka's thread; what follows runs on the request's event loop. */
  private Future<Batch> append(RoutingContext context, Batch batch) {
    if (batch.accepted().isEmpty()) {
      return Future.succeededFuture(batch);
    }
    return Future.fromCompletionStage(
            sink.append(batch.accepted()), context.vertx().getOrCreateContext())
        .map(batch)
        .recover(
            e ->
                Future.failedFuture(
                    new RefusedException(Refusal.KAFKA_UNAVAILABLE, e.getMessage(), e)));
  }

  private Future<Answer> refused(Throwable failure) {
    if (failure instanceof RefusedException refusal) {
      metrics.refused(refusal.refusal());
      return Future.succeededFuture(Answer.of(refusal));
    }
    return Future.failedFuture(failure);
  }
}
