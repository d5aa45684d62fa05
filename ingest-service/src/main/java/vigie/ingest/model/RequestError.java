// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

import java.util.Locale;

/** Every reason to refuse a whole request: the status, and a code that never changes. */
public enum RequestError {
  BODY_BROKEN(400, "The body breaks off or is not framed as HTTP requires"),
  JSON_MALFORMED(400, "The body is not well-formed JSON"),
  CONTENT_CODING_MALFORMED(400, "The body cannot be decompressed"),
  BODY_UNREADABLE(400, "The body cannot be read"),
  CLOUD_EVENT_INVALID(400, "The ce- headers do not make a CloudEvent"),
  ALL_REJECTED(400, "No record of the request is acceptable"),
  UNAUTHENTICATED(401, "The request has no token that is valid"),
  FORBIDDEN(403, "The token does not permit the request"),
  BODY_TIMEOUT(408, "The body did not arrive in time"),
  BODY_TOO_LARGE(413, "The body is too large"),
  TOO_MANY_RECORDS(413, "The request has too many records"),
  RECORD_TOO_LARGE(413, "Kafka takes no record as large as one of these"),
  MEDIA_TYPE_UNSUPPORTED(415, "The content type is not supported"),
  CONTENT_CODING_UNSUPPORTED(415, "The content encoding is not supported"),
  RATE_EXCEEDED(429, "This client sends too much; send the request again later"),
  RECORD_RATE_EXCEEDED(429, "This sender sends too many records; send the request again later"),
  CLIENT_IN_FLIGHT_FULL(429, "Too much of this sender is in progress; send the request again"),
  TOO_MANY_REFUSED_TOKENS(429, "Too many tokens were refused; send the request again later"),
  IN_FLIGHT_FULL(503, "Too much is in progress; send the request again"),
  DRAINING(503, "This instance is stopping; send the request again"),
  EXAM_CLOSED(503, "The exam is closed; send the request again when the next one begins"),
  ISSUER_UNAVAILABLE(503, "The issuer's keys cannot be read; send the request again"),
  KAFKA_UNAVAILABLE(503, "Kafka cannot be reached; send the request again"),
  KAFKA_TIMEOUT(503, "Kafka has not confirmed every record in time; send the request again"),
  TOO_FEW_REPLICAS(503, "Kafka has too few replicas in sync; send the request again"),
  TOPIC_MISSING(503, "The topic does not exist; send the request again");

  private final int status;
  private final String title;

  RequestError(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the same request may succeed later. */
  public boolean isRetryable() {
    return status == 429 || status == 503;
  }
}
