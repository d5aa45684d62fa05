// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import vigie.ingest.body.Batch;
import vigie.ingest.body.BodyFormat;
import vigie.ingest.body.ContentCoding;
import vigie.ingest.body.Json;
import vigie.ingest.event.RecordOutcome;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/** What a client gets to read: how many records are kept, or an RFC 9457 problem. */
record IngestResponse(int status, Map<String, String> headers, Buffer body) {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Map<String, String> JSON_WITH_IDS =
      Map.of("Content-Type", "application/json", "Preference-Applied", PreferHeader.REPRESENTATION);

  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * The answer to a request whose accepted records Kafka holds.
   *
   * @param withIds whether it names the id under which each is stored
   */
  static IngestResponse of(Batch batch, boolean withIds) {
    if (batch.isAllRejected()) {
      Map<String, String> headers = Map.of("Content-Type", "application/problem+json");
      return problem(
          RequestError.ALL_REJECTED, "See rejected", headers, json -> writeCounts(json, batch));
    }
    if (withIds) {
      return new IngestResponse(
          202,
          JSON_WITH_IDS,
          object(
              json -> {
                writeCounts(json, batch);
                writeIds(json, batch);
              }));
    }
    Buffer body =
        batch.rejected().isEmpty()
            ? Buffer.buffer("{\"accepted\":" + batch.accepted().size() + ",\"rejected\":[]}")
            : object(json -> writeCounts(json, batch));
    return new IngestResponse(202, JSON, body);
  }

  /**
   * The answer to a refused request.
   *
   * @param retryAfter what is asked for where the refusal knows nothing better
   */
  static IngestResponse of(RequestException refused, Duration retryAfter) {
    RequestError error = refused.error();
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/problem+json");
    if (error.isRetryable()) {
      headers.put("Retry-After", wholeSeconds(refused.retryAfter().orElse(retryAfter)));
    }
    switch (error) {
      case MEDIA_TYPE_UNSUPPORTED -> headers.put("Accept", BodyFormat.ACCEPTED);
      case CONTENT_CODING_UNSUPPORTED -> headers.put("Accept-Encoding", ContentCoding.ACCEPTED);
      case UNAUTHENTICATED -> headers.put("WWW-Authenticate", "Bearer");
      case DRAINING -> headers.put("Connection", "close");
      default -> {}
    }
    return problem(error, refused.getMessage(), headers, json -> {});
  }

  /** Ends when the answer is written, and where it says so the connection closed. */
  Future<Void> send(HttpServerRequest request) {
    HttpServerResponse response = request.response().setStatusCode(status);
    headers.forEach(response::putHeader);
    Future<Void> written = response.end(body);
    if (!headers.containsKey("Connection")) {
      return written;
    }
    // Closed before all of the request is read, the connection would be reset and the answer lost.
    return written.compose(end -> request.end()).compose(end -> request.connection().close());
  }

  /** Rounded up: a client that comes back too early is refused again. */
  private static String wholeSeconds(Duration duration) {
    return Long.toString(Math.max(1, duration.plusNanos(999_999_999).toSeconds()));
  }

  private static IngestResponse problem(
      RequestError error, String detail, Map<String, String> headers, Content more) {
    Content content =
        json -> {
          json.writeStringField("type", "about:blank");
          json.writeStringField("title", error.title());
          json.writeNumberField("status", error.status());
          json.writeStringField("code", error.code());
          json.writeStringField("detail", detail);
          more.writeTo(json);
        };
    return new IngestResponse(error.status(), headers, object(content));
  }

  private static void writeCounts(JsonGenerator json, Batch batch) throws IOException {
    json.writeNumberField("accepted", batch.accepted().size());
    json.writeArrayFieldStart("rejected");
    for (RecordOutcome.Rejected rejection : batch.rejected()) {
      json.writeStartObject();
      json.writeNumberField("index", rejection.index());
      json.writeStringField("id", rejection.id());
      json.writeStringField("code", rejection.fault().code());
      json.writeStringField("detail", rejection.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** One for each record of the request, in its order; null for one that was rejected. */
  private static void writeIds(JsonGenerator json, Batch batch) throws IOException {
    Iterator<RecordOutcome.Accepted> accepted = batch.accepted().iterator();
    json.writeArrayFieldStart("ids");
    int index = 0;
    for (RecordOutcome.Rejected rejection : batch.rejected()) {
      for (; index < rejection.index(); index++) {
        json.writeString(accepted.next().id().toString());
      }
      json.writeNull();
      index++;
    }
    while (accepted.hasNext()) {
      json.writeString(accepted.next().id().toString());
    }
    json.writeEndArray();
  }

  private static Buffer object(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.generator(bytes)) {
      json.writeStartObject();
      content.writeTo(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory failed", impossible);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
