// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.quota.RequestMeter;

/**
 * Collects one body within the limits of size, memory and time. All of it runs on the request's
 * event loop. After a refusal what still arrives is thrown away, so that the client gets to read
 * the answer; a client that never ends is cut off when the time is over.
 */
public final class RequestBody {

  private static final int FIRST_CAPACITY = 4 * 1024;
  private static final int GROWTH = 4;
  private static final byte[] NOTHING = {};

  private final HttpServerRequest request;
  private final long maxSize;
  private final MemoryReservation reservation;
  private final RequestMeter meter;
  private final Promise<byte[]> whole = Promise.promise();
  private byte[] received = NOTHING;
  private int length;

  public RequestBody(
      HttpServerRequest request, long maxSize, MemoryReservation reservation, RequestMeter meter) {
    this.request = request;
    this.maxSize = maxSize;
    this.reservation = reservation;
    this.meter = meter;
  }

  public static RequestException tooLarge(long maxSize) {
    return new RequestException(
        RequestError.BODY_TOO_LARGE, "A body may have " + maxSize + " bytes");
  }

  public Future<byte[]> collect(Vertx vertx, Duration timeout) {
    long timer = vertx.setTimer(timeout.toMillis(), expired -> giveUp(timeout));
    request.handler(this::add);
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          whole.tryComplete(length == received.length ? received : Arrays.copyOf(received, length));
        });
    request.exceptionHandler(
        lost -> {
          vertx.cancelTimer(timer);
          whole.tryFail(lost);
        });
    return whole.future();
  }

  /** Keeps nothing of the body; without effect on one that has ended or been refused before. */
  public void refuse(RequestException refusal) {
    received = NOTHING;
    length = 0;
    whole.tryFail(refusal);
  }

  private void add(Buffer chunk) {
    if (whole.future().isComplete()) {
      return;
    }
    try {
      if (length + chunk.length() > maxSize) {
        throw tooLarge(maxSize);
      }
      meter.arrived(chunk.length());
      makeRoom(chunk.length());
      chunk.getBytes(received, length);
      length += chunk.length();
    } catch (RequestException refusal) {
      refuse(refusal);
    }
  }

  /**
   * Room for what a client declares is made only in proportion to what it has sent. So no client
   * holds the service's memory with a header alone.
   */
  private void makeRoom(int more) throws RequestException {
    int needed = length + more;
    if (needed <= received.length) {
      return;
    }
    long generous = Math.max(FIRST_CAPACITY, (long) GROWTH * needed);
    int capacity = (int) Math.max(needed, Math.min(generous, declaredLength()));
    reservation.grow(capacity - received.length);
    received = Arrays.copyOf(received, capacity);
  }

  /** Without a declaration a body of many chunks is copied now and then. */
  private long declaredLength() {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared == null ? maxSize : Math.min(maxSize, Long.parseLong(declared));
  }

  /** Refusing writes the answer before it returns, so the client gets it before the end. */
  private void giveUp(Duration timeout) {
    if (!request.response().ended()) {
      request.response().putHeader("Connection", "close");
    }
    refuse(
        new RequestException(
            RequestError.BODY_TIMEOUT, "A body may take " + timeout.toMillis() + " ms to arrive"));
    request.connection().close();
  }
}
