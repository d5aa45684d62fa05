// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Collects one body within the limits of size, memory and time. All of it runs on the request's
 * event loop. After a refusal what still arrives is thrown away, so that the client gets to read
 * the answer; a client that never ends is cut off when the time is over.
 */
final class RequestBody {

  private final HttpServerRequest request;
  private final long maxSize;
  private final Reservation reservation;
  private final Promise<byte[]> whole = Promise.promise();
  private Buffer received = Buffer.buffer();

  RequestBody(HttpServerRequest request, long maxSize, Reservation reservation) {
    this.request = request;
    this.maxSize = maxSize;
    this.reservation = reservation;
  }

  Future<byte[]> collect(Vertx vertx, Duration timeout) {
    long timer = vertx.setTimer(timeout.toMillis(), expired -> giveUp(timeout));
    request.handler(this::add);
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          whole.tryComplete(received.getBytes());
        });
    request.exceptionHandler(
        lost -> {
          vertx.cancelTimer(timer);
          whole.tryFail(lost);
        });
    return whole.future();
  }

  /** Keeps nothing of the body; without effect on one that has ended or been refused before. */
  void refuse(RefusedException refusal) {
    received = Buffer.buffer();
    whole.tryFail(refusal);
  }

  private void add(Buffer chunk) {
    if (whole.future().isComplete()) {
      return;
    }
    try {
      if (received.length() + chunk.length() > maxSize) {
        throw new RefusedException(Refusal.BODY_TOO_LARGE, "A body may have " + maxSize + " bytes");
      }
      reservation.grow(chunk.length());
      received.appendBuffer(chunk);
    } catch (RefusedException refusal) {
      refuse(refusal);
    }
  }

  /** Refusing writes the answer before it returns, so the client gets it before the end. */
  private void giveUp(Duration timeout) {
    if (!request.response().ended()) {
      request.response().putHeader("Connection", "close");
    }
    refuse(
        new RefusedException(
            Refusal.BODY_TIMEOUT, "A body may take " + timeout.toMillis() + " ms to arrive"));
    request.connection().close();
  }
}
