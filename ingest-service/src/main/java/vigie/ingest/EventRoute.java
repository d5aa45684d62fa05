// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import vigie.ingest.admission.Admission;
import vigie.ingest.admission.TokenAuthenticator;
import vigie.ingest.body.Batch;
import vigie.ingest.body.BodyFormat;
import vigie.ingest.body.BodyParser;
import vigie.ingest.body.ContentCoding;
import vigie.ingest.body.RequestBody;
import vigie.ingest.kafka.EventSink;
import vigie.ingest.kafka.ProducerErrorMapper;
import vigie.ingest.memory.InFlightRequest;
import vigie.ingest.memory.InFlightRequests;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.model.SenderIdentity;
import vigie.ingest.quota.ClientQuota;
import vigie.ingest.quota.ClientQuotas;
import vigie.ingest.quota.RequestMeter;
import vigie.ingest.quota.SenderQuota;
import vigie.ingest.quota.StudentQuotas;

/** One kind of event over HTTP: reads the request, appends its events, then answers. */
final class EventRoute implements Handler<RoutingContext> {

  /** About what an id in an answer costs until it is written: its text, and that text's copies. */
  private static final int ID_BYTES = 128;

  private final BodyParser parser;
  private final EventSink sink;
  private final IngestConfig config;
  private final EventMetrics metrics;
  private final Admission admission;
  private final ClientQuotas clients;
  private final StudentQuotas students;
  private final TokenAuthenticator tokens;
  private final InFlightRequests open;
  private final ProducerErrorMapper errors;

  EventRoute(
      BodyParser parser,
      EventSink sink,
      IngestConfig config,
      EventMetrics metrics,
      Admission admission,
      ClientQuotas clients,
      StudentQuotas students,
      TokenAuthenticator tokens,
      InFlightRequests open,
      ProducerErrorMapper errors) {
    this.parser = parser;
    this.sink = sink;
    this.config = config;
    this.metrics = metrics;
    this.admission = admission;
    this.clients = clients;
    this.students = students;
    this.tokens = tokens;
    this.open = open;
    this.errors = errors;
  }

  /** The memory is given back only when the answer is written or its connection lost. */
  @Override
  public void handle(RoutingContext context) {
    InFlightRequest request = open.begin();
    receive(context, request.reservation())
        .compose(appending -> acknowledged(context, appending))
        .recover(this::refused)
        .compose(answer -> answer.send(context.request()))
        .onComplete(
            sent -> {
              open.end(request);
              if (sent.failed() && !context.response().closed()) {
                context.fail(sent.cause());
              }
            });
  }

  private Future<Appending> receive(RoutingContext context, MemoryReservation reservation) {
    HttpServerRequest request = context.request();
    RequestMeter meter = new RequestMeter();
    RequestBody body =
        new RequestBody(request, config.maxBodySize().asLongValue(), reservation, meter);
    Future<byte[]> received =
        body.collect(context.vertx(), config.bodyTimeout()).recover(e -> broken(context, e));
    return admitted(context, reservation, meter)
        .compose(sender -> read(request, received, sender, reservation, meter))
        .recover(failure -> refuse(body, failure));
  }

  /** The token comes first: who has none costs a client, and those who share it, nothing. */
  private Future<SenderIdentity> admitted(
      RoutingContext context, MemoryReservation reservation, RequestMeter meter) {
    ClientQuota client = clients.client(context.request());
    try {
      admission.admit(context.request());
      reservation.countFor(client.quota().inFlight());
    } catch (RequestException refusal) {
      return Future.failedFuture(refusal);
    }
    return tokens
        .sender(context, client)
        .compose(sender -> accepted(sender, client.quota(), reservation, meter));
  }

  private Future<SenderIdentity> accepted(
      SenderIdentity sender,
      SenderQuota client,
      MemoryReservation reservation,
      RequestMeter meter) {
    try {
      SenderQuota student = students.quota(sender);
      meter.accept(client, student);
      reservation.countFor(student.inFlight());
      return Future.succeededFuture(sender);
    } catch (RequestException refusal) {
      return Future.failedFuture(refusal);
    }
  }

  private Future<Appending> read(
      HttpServerRequest request,
      Future<byte[]> received,
      SenderIdentity sender,
      MemoryReservation reservation,
      RequestMeter meter) {
    try {
      BodyFormat format = BodyFormat.of(request.getHeader(HttpHeaders.CONTENT_TYPE));
      ContentCoding coding = ContentCoding.of(contentEncoding(request));
      boolean withIds = PreferHeader.asksForIds(request.headers());
      return received.compose(
          bytes ->
              parser.read(
                  bytes,
                  format,
                  coding,
                  sender,
                  reservation,
                  meter,
                  batch -> append(batch, withIds, reservation)));
    } catch (RequestException refusal) {
      return Future.failedFuture(refusal);
    }
  }

  /** Several headers are one list of codings, applied one after another (RFC 9110, 8.4). */
  private static String contentEncoding(HttpServerRequest request) {
    String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return coding == null
        ? null
        : String.join(", ", request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
  }

  /** What still comes of the body is of no use. */
  private static Future<Appending> refuse(RequestBody body, Throwable failure) {
    if (failure instanceof RequestException refusal) {
      body.refuse(refusal);
    }
    return Future.failedFuture(failure);
  }

  /** When a body breaks, the service cannot know what follows on the connection. */
  private static Future<byte[]> broken(RoutingContext context, Throwable failure) {
    if (failure instanceof RequestException) {
      return Future.failedFuture(failure);
    }
    context.addEndHandler(end -> context.request().connection().close());
    return Future.failedFuture(
        new RequestException(
            RequestError.BODY_BROKEN, String.valueOf(failure.getMessage()), failure));
  }

  /** The acknowledgement comes on Kafka's thread; what follows runs on the request's event loop. */
  private Future<IngestResponse> acknowledged(RoutingContext context, Appending appending) {
    return Future.fromCompletionStage(appending.end(), context.vertx().getOrCreateContext())
        .recover(e -> Future.failedFuture(errors.explain(e)))
        .onSuccess(kept -> metrics.answered(appending.batch()))
        .map(appending.answer());
  }

  private Future<IngestResponse> refused(Throwable failure) {
    if (failure instanceof RequestException refusal) {
      metrics.refused(refusal.error());
      return Future.succeededFuture(IngestResponse.of(refusal, config.retryAfter()));
    }
    return Future.failedFuture(failure);
  }

  /** The answer may name thousands of records, so it is made where those were read. */
  private Appending append(Batch batch, boolean withIds, MemoryReservation reservation)
      throws RequestException {
    if (withIds) {
      reservation.grow((long) ID_BYTES * batch.accepted().size());
    }
    return new Appending(batch, IngestResponse.of(batch, withIds), sink.append(batch.accepted()));
  }

  /** A batch on its way to Kafka, and what is said once it is there. */
  private record Appending(Batch batch, IngestResponse answer, CompletionStage<Void> end) {}
}
