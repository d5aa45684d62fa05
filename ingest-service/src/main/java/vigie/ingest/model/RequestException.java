// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

import java.time.Duration;
import java.util.Optional;

/** Ends a request without a record sent, or with none of them known to be kept. */
public final class RequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RequestError error;
  private final Duration retryAfter;

  public RequestException(RequestError error, String detail) {
    this(error, detail, null, null);
  }

  public RequestException(RequestError error, String detail, Throwable cause) {
    this(error, detail, null, cause);
  }

  public RequestException(RequestError error, String detail, Duration retryAfter) {
    this(error, detail, retryAfter, null);
  }

  /** Without a stack trace: a refusal is an answer, and under attack the most frequent one. */
  private RequestException(
      RequestError error, String detail, Duration retryAfter, Throwable cause) {
    super(detail, cause, false, false);
    this.error = error;
    this.retryAfter = retryAfter;
  }

  public RequestError error() {
    return error;
  }

  /** When the same request may succeed, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
