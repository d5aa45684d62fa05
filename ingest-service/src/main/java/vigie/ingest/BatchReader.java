// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.util.Locale;

/** Reads a whole body into a batch; there is one for each media type. */
interface BatchReader {

  /** What a client may send, as an {@code Accept} says it. */
  String ACCEPTED =
      "application/json, application/x-ndjson, "
          + CloudEventsReader.ONE
          + ", "
          + CloudEventsReader.BATCH;

  void read(byte[] body, BatchBuilder batch) throws RefusedException;

  /** The reader for a {@code Content-Type}, whose parameters do not matter: JSON is UTF-8. */
  static BatchReader of(String contentType) throws RefusedException {
    String mediaType = contentType == null ? "" : contentType.split(";", 2)[0];
    return switch (mediaType.strip().toLowerCase(Locale.ROOT)) {
      case "application/json" -> new JsonBatchReader();
      case "application/x-ndjson" -> new NdjsonBatchReader();
      case CloudEventsReader.ONE -> new CloudEventsReader(false);
      case CloudEventsReader.BATCH -> new CloudEventsReader(true);
      default ->
          throw new RefusedException(Refusal.MEDIA_TYPE_UNSUPPORTED, "Send one of " + ACCEPTED);
    };
  }
}
