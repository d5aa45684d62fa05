// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.util.Locale;

/** Every reason to refuse a whole request: the status, and a code that never changes. */
enum Refusal {
  JSON_MALFORMED(400, "The body is not well-formed JSON"),
  CONTENT_CODING_MALFORMED(400, "The body cannot be decompressed"),
  ALL_REJECTED(400, "No record of the request is acceptable"),
  BODY_TIMEOUT(408, "The body did not arrive in time"),
  BODY_TOO_LARGE(413, "The body is too large"),
  TOO_MANY_RECORDS(413, "The request has too many records"),
  MEDIA_TYPE_UNSUPPORTED(415, "The content type is not supported"),
  CONTENT_CODING_UNSUPPORTED(415, "The content encoding is not supported"),
  IN_FLIGHT_FULL(503, "Too much is in progress; send the request again"),
  KAFKA_UNAVAILABLE(503, "Kafka has not confirmed every record; send the request again");

  private final int status;
  private final String title;

  Refusal(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the same request may succeed later. */
  boolean isRetryable() {
    return status == 503;
  }
}
