// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import vigie.ingest.admission.Admission;
import vigie.ingest.admission.Tokens;
import vigie.ingest.body.Batch;
import vigie.ingest.body.BatchReader;
import vigie.ingest.body.BodyReading;
import vigie.ingest.body.ContentCoding;
import vigie.ingest.body.RequestBody;
import vigie.ingest.kafka.EventSink;
import vigie.ingest.kafka.KafkaTrouble;
import vigie.ingest.memory.OpenRequest;
import vigie.ingest.memory.OpenRequests;
import vigie.ingest.memory.Reservation;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;
import vigie.ingest.model.Sender;
import vigie.ingest.quota.Account;
import vigie.ingest.quota.Charge;
import vigie.ingest.quota.Client;
import vigie.ingest.quota.FairShare;
import vigie.ingest.quota.StudentAccounts;

/** One kind of event over HTTP: reads the request, appends its events, then answers. */
final class EventRoute implements Handler<RoutingContext> {

  /** About what an id in an answer costs until it is written: its text, and that text's copies. */
  private static final int ID_BYTES = 128;

  private final BodyReading reading;
  private final EventSink sink;
  private final IngestConfig config;
  private final EventMetrics metrics;
  private final Admission admission;
  private final FairShare clients;
  private final StudentAccounts students;
  private final Tokens tokens;
  private final OpenRequests open;
  private final KafkaTrouble trouble;

  EventRoute(
      BodyReading reading,
      EventSink sink,
      IngestConfig config,
      EventMetrics metrics,
      Admission admission,
      FairShare clients,
      StudentAccounts students,
      Tokens tokens,
      OpenRequests open,
      KafkaTrouble trouble) {
    this.reading = reading;
    this.sink = sink;
    this.config = config;
    this.metrics = metrics;
    this.admission = admission;
    this.clients = clients;
    this.students = students;
    this.tokens = tokens;
    this.open = open;
    this.trouble = trouble;
  }

  /** The memory is given back only when the answer is written or its connection lost. */
  @Override
  public void handle(RoutingContext context) {
    OpenRequest request = open.begin();
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

  private Future<Appending> receive(RoutingContext context, Reservation reservation) {
    HttpServerRequest request = context.request();
    Charge charge = new Charge();
    RequestBody body =
        new RequestBody(request, config.maxBodySize().asLongValue(), reservation, charge);
    Future<byte[]> received =
        body.collect(context.vertx(), config.bodyTimeout()).recover(e -> broken(context, e));
    return admitted(context, reservation, charge)
        .compose(sender -> read(request, received, sender, reservation, charge))
        .recover(failure -> refuse(body, failure));
  }

  /** The token comes first: who has none costs a client, and those who share it, nothing. */
  private Future<Sender> admitted(RoutingContext context, Reservation reservation, Charge charge) {
    Client client = clients.client(context.request());
    try {
      admission.admit(context.request());
      reservation.countFor(client.account().inFlight());
    } catch (RefusedException refusal) {
      return Future.failedFuture(refusal);
    }
    return tokens
        .sender(context, client)
        .compose(sender -> accepted(sender, client.account(), reservation, charge));
  }

  private Future<Sender> accepted(
      Sender sender, Account client, Reservation reservation, Charge charge) {
    try {
      Account student = students.account(sender);
      charge.accept(client, student);
      reservation.countFor(student.inFlight());
      return Future.succeededFuture(sender);
    } catch (RefusedException refusal) {
      return Future.failedFuture(refusal);
    }
  }

  private Future<Appending> read(
      HttpServerRequest request,
      Future<byte[]> received,
      Sender sender,
      Reservation reservation,
      Charge charge) {
    try {
      BatchReader format = BatchReader.of(request.getHeader(HttpHeaders.CONTENT_TYPE));
      ContentCoding coding = ContentCoding.of(contentEncoding(request));
      boolean withIds = Preference.asksForIds(request.headers());
      return received.compose(
          bytes ->
              reading.read(
                  bytes,
                  format,
                  coding,
                  sender,
                  reservation,
                  charge,
                  batch -> append(batch, withIds, reservation)));
    } catch (RefusedException refusal) {
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
    if (failure instanceof RefusedException refusal) {
      body.refuse(refusal);
    }
    return Future.failedFuture(failure);
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

  /** The acknowledgement comes on Kafka's thread; what follows runs on the request's event loop. */
  private Future<Answer> acknowledged(RoutingContext context, Appending appending) {
    return Future.fromCompletionStage(appending.end(), context.vertx().getOrCreateContext())
        .recover(e -> Future.failedFuture(trouble.explain(e)))
        .onSuccess(kept -> metrics.answered(appending.batch()))
        .map(appending.answer());
  }

  private Future<Answer> refused(Throwable failure) {
    if (failure instanceof RefusedException refusal) {
      metrics.refused(refusal.refusal());
      return Future.succeededFuture(Answer.of(refusal, config.retryAfter()));
    }
    return Future.failedFuture(failure);
  }

  /** The answer may name thousands of records, so it is made where those were read. */
  private Appending append(Batch batch, boolean withIds, Reservation reservation)
      throws RefusedException {
    if (withIds) {
      reservation.grow((long) ID_BYTES * batch.accepted().size());
    }
    return new Appending(batch, Answer.of(batch, withIds), sink.append(batch.accepted()));
  }

  /** A batch on its way to Kafka, and what is said once it is there. */
  private record Appending(Batch batch, Answer answer, CompletionStage<Void> end) {}
}
