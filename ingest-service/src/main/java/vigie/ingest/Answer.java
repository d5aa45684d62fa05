// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What a client gets to read: how many records are kept, or an RFC 9457 problem. */
record Answer(int status, String mediaType, boolean isRetryable, Buffer body) {

  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static Answer of(Batch batch) {
    if (batch.isAllRejected()) {
      return problem(Refusal.ALL_REJECTED, "See rejected", json -> writeCounts(json, batch));
    }
    return new Answer(202, "application/json", false, object(json -> writeCounts(json, batch)));
  }

  static Answer of(RefusedException refused) {
    return problem(refused.refusal(), refused.getMessage(), json -> {});
  }

  Future<Void> send(HttpServerResponse response, Duration retryAfter) {
    response.setStatusCode(status).putHeader("Content-Type", mediaType);
    if (isRetryable) {
      response.putHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    return response.end(body);
  }

  private static Answer problem(Refusal refusal, String detail, Content more) {
    Content content =
        json -> {
          json.writeStringField("type", "about:blank");
          json.writeStringField("title", refusal.title());
          json.writeNumberField("status", refusal.status());
          json.writeStringField("code", refusal.code());
          json.writeStringField("detail", detail);
          more.writeTo(json);
        };
    return new Answer(
        refusal.status(), "application/problem+json", refusal.isRetryable(), object(content));
  }

  private static void writeCounts(JsonGenerator json, Batch batch) throws IOException {
    json.writeNumberField("accepted", batch.accepted().size());
    json.writeArrayFieldStart("rejected");
    for (Outcome.Rejected rejection : batch.rejected()) {
      json.writeStartObject();
      json.writeNumberField("index", rejection.index());
      json.writeStringField("id", rejection.id());
      json.writeStringField("code", rejection.fault().code());
      json.writeStringField("detail", rejection.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static Buffer object(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      content.writeTo(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory failed", impossible);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
