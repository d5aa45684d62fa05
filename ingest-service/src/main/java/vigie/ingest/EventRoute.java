// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One kind of event over HTTP: reads the request, appends its events, then answers. */
final class EventRoute implements Handler<RoutingContext> {

  private final ThreadLocal<EventReader> readers;
  private final EventSink sink;
  private final IngestConfig config;
  private final InFlightBudget budget;
  private final Clock clock;
  private final EventMetrics metrics;
  private final Admission admission;
  private final OpenRequests open;
  private final KafkaTrouble trouble;

  EventRoute(
      Supplier<EventReader> reader,
      EventSink sink,
      IngestConfig config,
      InFlightBudget budget,
      Clock clock,
      EventMetrics metrics,
      Admission admission,
      OpenRequests open,
      KafkaTrouble trouble) {
    this.readers = ThreadLocal.withInitial(reader);
    this.sink = sink;
    this.config = config;
    this.budget = budget;
    this.clock = clock;
    this.metrics = metrics;
    this.admission = admission;
    this.open = open;
    this.trouble = trouble;
  }

  /** The memory is given back only when the answer is written or its connection lost. */
  @Override
  public void handle(RoutingContext context) {
    Reservation reservation = new Reservation(budget);
    int began = open.begin();
    receive(context, reservation)
        .compose(appending -> acknowledged(context, appending))
        .onSuccess(metrics::answered)
        .map(Answer::of)
        .recover(this::refused)
        .compose(answer -> answer.send(context.request()))
        .onComplete(
            sent -> {
              reservation.release();
              open.end(began);
              if (sent.failed() && !context.response().closed()) {
                context.fail(sent.cause());
              }
            });
  }

  private Future<Appending> receive(RoutingContext context, Reservation reservation) {
    HttpServerRequest request = context.request();
    RequestBody body = new RequestBody(request, config.maxBodySize().asLongValue(), reservation);
    Future<byte[]> received =
        body.collect(context.vertx(), config.bodyTimeout()).recover(e -> broken(context, e));
    try {
      admission.admit(request);
      BatchReader format = BatchReader.of(request.getHeader(HttpHeaders.CONTENT_TYPE));
      ContentCoding coding = ContentCoding.of(request.getHeader(HttpHeaders.CONTENT_ENCODING));
      return received.compose(
          bytes -> run(context, bytes, () -> append(bytes, format, coding, reservation)));
    } catch (RefusedException refusal) {
      body.refuse(refusal);
      return received.mapEmpty();
    }
  }

  /** Where a body breaks nobody knows what follows on the connection. */
  private static Future<byte[]> broken(RoutingContext context, Throwable failure) {
    if (failure instanceof RefusedException) {
      return Future.failedFuture(failure);
    }
    context.addEndHandler(end -> context.request().connection().close());
    return Future.failedFuture(
        new RefusedException(Refusal.BODY_BROKEN, String.valueOf(failure.getMessage()), failure));
  }

  private Appending append(
      byte[] bytes, BatchReader format, ContentCoding coding, Reservation reservation)
      throws RefusedException {
    byte[] body = coding.decode(bytes, config.maxBodySize().asLongValue(), reservation);
    BatchBuilder builder =
        new BatchBuilder(
            readers.get(),
            ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()),
            config.maxRecords(),
            reservation);
    format.read(body, builder);
    Batch batch = builder.build();
    return new Appending(batch, sink.append(batch.accepted()));
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
  private Future<Batch> acknowledged(RoutingContext context, Appending appending) {
    return Future.fromCompletionStage(appending.end(), context.vertx().getOrCreateContext())
        .map(appending.batch())
        .recover(e -> Future.failedFuture(trouble.explain(e)));
  }

  private Future<Answer> refused(Throwable failure) {
    if (failure instanceof RefusedException refusal) {
      metrics.refused(refusal.refusal());
      return Future.succeededFuture(Answer.of(refusal, config.retryAfter()));
    }
    return Future.failedFuture(failure);
  }

  /** A batch on its way to Kafka. */
  private record Appending(Batch batch, CompletionStage<Void> end) {}
}
