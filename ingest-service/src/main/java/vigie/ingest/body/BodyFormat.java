// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.util.Locale;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/** Reads a whole body into a batch; there is one for each media type. */
public interface BodyFormat {

  /** What a client may send, as an {@code Accept} says it. */
  String ACCEPTED =
      "application/json, application/x-ndjson, "
          + CloudEventsFormat.ONE
          + ", "
          + CloudEventsFormat.BATCH;

  void read(byte[] body, BatchBuilder batch) throws RequestException;

  /**
   * The reader for a {@code Content-Type}. JSON is UTF-8: a body that is said to be of another
   * charset would be misread. Other parameters do not matter.
   */
  static BodyFormat of(String contentType) throws RequestException {
    String[] parts = contentType == null ? new String[] {""} : contentType.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      if (!isUtf8(parts[i])) {
        throw new RequestException(RequestError.MEDIA_TYPE_UNSUPPORTED, "Send the body in UTF-8");
      }
    }
    return switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
      case "application/json" -> new JsonFormat();
      case "application/x-ndjson" -> new NdjsonFormat();
      case CloudEventsFormat.ONE -> new CloudEventsFormat(false);
      case CloudEventsFormat.BATCH -> new CloudEventsFormat(true);
      default ->
          throw new RequestException(
              RequestError.MEDIA_TYPE_UNSUPPORTED, "Send one of " + ACCEPTED);
    };
  }

  private static boolean isUtf8(String parameter) {
    String text = parameter.strip().toLowerCase(Locale.ROOT);
    return !text.startsWith("charset") || text.replace("\"", "").equals("charset=utf-8");
  }
}
