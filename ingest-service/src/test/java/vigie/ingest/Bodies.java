// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Bodies that cost their reader more than their sender. */
public final class Bodies {

  private static final int PIECE = 64 * 1024;

  private Bodies() {}

  public static byte[] gzip(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Pieces one behind the other. */
  public static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      bytes.writeBytes(piece);
    }
    return bytes.toByteArray();
  }

  public static byte[] repeat(byte[] piece, int times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      bytes.writeBytes(piece);
    }
    return bytes.toByteArray();
  }

  /** Each line opens an object that ends with the body, so long as it is not cut off at its end. */
  public static byte[] nestedLines(int lines, int size) {
    String filler = "1,".repeat(PIECE / 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("{\"k\":[\n".repeat(lines).getBytes(UTF_8));
    while (bytes.size() < size - PIECE) {
      bytes.writeBytes(filler.getBytes(UTF_8));
    }
    bytes.writeBytes(("1" + "]}".repeat(lines)).getBytes(UTF_8));
    return bytes.toByteArray();
  }
}
