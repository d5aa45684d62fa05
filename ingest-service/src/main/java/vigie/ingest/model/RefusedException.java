// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

import java.time.Duration;
import java.util.Optional;

/** Ends a request without a record sent, or with none of them known to be kept. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final Duration retryAfter;

  public RefusedException(Refusal refusal, String detail) {
    this(refusal, detail, null, null);
  }

  public RefusedException(Refusal refusal, String detail, Throwable cause) {
    this(refusal, detail, null, cause);
  }

  public RefusedException(Refusal refusal, String detail, Duration retryAfter) {
    this(refusal, detail, retryAfter, null);
  }

  /** Without a stack trace: a refusal is an answer, and under attack the most frequent one. */
  private RefusedException(Refusal refusal, String detail, Duration retryAfter, Throwable cause) {
    super(detail, cause, false, false);
    this.refusal = refusal;
    this.retryAfter = retryAfter;
  }

  public Refusal refusal() {
    return refusal;
  }

  /** When the same request may succeed, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
