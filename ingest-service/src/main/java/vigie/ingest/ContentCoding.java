// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a body is compressed. */
enum ContentCoding {
  IDENTITY,
  GZIP;

  private static final int STEP = 16 * 1024;

  static ContentCoding of(String contentEncoding) throws RefusedException {
    String coding = contentEncoding == null ? "identity" : contentEncoding;
    return switch (coding.strip().toLowerCase(Locale.ROOT)) {
      case "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      default ->
          throw new RefusedException(
              Refusal.CONTENT_CODING_UNSUPPORTED, "Send the body as it is, or as gzip");
    };
  }

  /** The body as it was before compression; every byte of it is reserved before it is kept. */
  byte[] decode(byte[] body, long maxSize, Reservation reservation) throws RefusedException {
    if (this == IDENTITY) {
      return body;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(Math.max(STEP, 4 * body.length));
    byte[] step = new byte[STEP];
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), STEP)) {
      for (int n = in.read(step); n >= 0; n = in.read(step)) {
        if (whole.size() + n > maxSize) {
          throw new RefusedException(
              Refusal.BODY_TOO_LARGE, "A body may have " + maxSize + " bytes decompressed");
        }
        reservation.grow(n);
        whole.write(step, 0, n);
      }
      return whole.toByteArray();
    } catch (IOException e) {
      throw new RefusedException(
          Refusal.CONTENT_CODING_MALFORMED, "The body is not gzip: " + e.getMessage(), e);
    }
  }
}
