// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.util.Locale;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;

/** Reads a whole body into a batch; there is one for each media type. */
public interface BatchReader {

  /** What a client may send, as an {@code Accept} says it. */
  String ACCEPTED =
      "application/json, application/x-ndjson, "
          + CloudEventsReader.ONE
          + ", "
          + CloudEventsReader.BATCH;

  void read(byte[] body, BatchBuilder batch) throws RefusedException;

  /**
   * The reader for a {@code Content-Type}. JSON is UTF-8: a body that is said to be of another
   * charset would be misread. Other parameters do not matter.
   */
  static BatchReader of(String contentType) throws RefusedException {
    String[] parts = contentType == null ? new String[] {""} : contentType.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      if (!isUtf8(parts[i])) {
        throw new RefusedException(Refusal.MEDIA_TYPE_UNSUPPORTED, "Send the body in UTF-8");
      }
    }
    return switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
      case "application/json" -> new JsonBatchReader();
      case "application/x-ndjson" -> new NdjsonBatchReader();
      case CloudEventsReader.ONE -> new CloudEventsReader(false);
      case CloudEventsReader.BATCH -> new CloudEventsReader(true);
      default ->
          throw new RefusedException(Refusal.MEDIA_TYPE_UNSUPPORTED, "Send one of " + ACCEPTED);
    };
  }

  private static boolean isUtf8(String parameter) {
    String text = parameter.strip().toLowerCase(Locale.ROOT);
    return !text.startsWith("charset") || text.replace("\"", "").equals("charset=utf-8");
  }
}
