// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

/** Ends a request without a record sent, or with none of them known to be kept. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  RefusedException(Refusal refusal, String detail) {
    this(refusal, detail, null);
  }

  /** Without a stack trace: a refusal is an answer, and under attack the most frequent one. */
  RefusedException(Refusal refusal, String detail, Throwable cause) {
    super(detail, cause, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
