// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.quota.RequestMeter;

/** How a body is compressed. */
public enum ContentCoding {
  IDENTITY,
  GZIP,
  ZSTD;

  /** What a client may send, as an {@code Accept-Encoding} says it. */
  public static final String ACCEPTED = "gzip, zstd";

  private static final int STEP = 16 * 1024;

  /** RFC 9659: 8 MiB. A frame may ask its reader for gigabytes. */
  private static final int MAX_ZSTD_WINDOW_LOG = 23;

  public static ContentCoding of(String contentEncoding) throws RequestException {
    String coding = contentEncoding == null ? "identity" : contentEncoding;
    return switch (coding.strip().toLowerCase(Locale.ROOT)) {
      case "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default ->
          throw new RequestException(
              RequestError.CONTENT_CODING_UNSUPPORTED, "Send the body as it is, or as " + ACCEPTED);
    };
  }

  /**
   * The body as it was before compression. Every byte of it is reserved before it is kept, and paid
   * before there are many more.
   */
  byte[] decode(byte[] body, long maxSize, MemoryReservation reservation, RequestMeter meter)
      throws RequestException {
    if (this == IDENTITY) {
      return body;
    }
    byte[] whole = {};
    int length = 0;
    try (InputStream in = open(body)) {
      while (true) {
        if (length == whole.length) {
          // One byte more than allowed shows that the body is too large.
          int more = (int) Math.min(Math.max(STEP, length), maxSize + 1 - length);
          reservation.grow(more);
          whole = Arrays.copyOf(whole, length + more);
        }
        int n = in.read(whole, length, whole.length - length);
        if (n < 0) {
          return Arrays.copyOf(whole, length);
        }
        length += n;
        meter.decoded(length);
        if (length > maxSize) {
          throw new RequestException(
              RequestError.BODY_TOO_LARGE, "A body may have " + maxSize + " bytes decompressed");
        }
      }
    } catch (IOException e) {
      throw new RequestException(
          RequestError.CONTENT_CODING_MALFORMED,
          "The body is not %s: %s".formatted(name().toLowerCase(Locale.ROOT), e.getMessage()),
          e);
    } catch (LinkageError e) {
      // A library that this machine cannot load is no fault of the body.
      throw new RequestException(
          RequestError.CONTENT_CODING_UNSUPPORTED,
          "This instance cannot decode " + name().toLowerCase(Locale.ROOT),
          e);
    }
  }

  private InputStream open(byte[] body) throws IOException {
    return switch (this) {
      case IDENTITY -> new ByteArrayInputStream(body);
      case GZIP -> new GzipMembers(body);
      case ZSTD -> {
        ZstdFrames.check(body);
        yield new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(body))
            .setLongMax(MAX_ZSTD_WINDOW_LOG);
      }
    };
  }
}
