// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Requests that began as good ones, without end, decided by a seed. */
final class MalformedRequests {

  private static final List<String> SCRAPS =
      List.of(
          "\"",
          "\\ud800",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\n",
          "null",
          "NaN",
          "-Infinity",
          "1e999",
          "-",
          "\\u0000",
          "[".repeat(50),
          "{\"a\":".repeat(40),
          "9".repeat(200),
          "1e-99999999",
          "0x10",
          "true",
          "\\",
          "\u0000",
          "\u00ff",
          "\u00ed\u00a0\u0080",
          "\u00c0\u0080",
          "\"id\":\"" + "x".repeat(300) + "\",",
          "\u00ef\u00bb\u00bf");

  private static final List<String> TYPES =
      List.of(
          JsonEvents.JSON,
          JsonEvents.JSON,
          JsonEvents.NDJSON,
          JsonEvents.NDJSON,
          "application/cloudevents+json",
          "application/cloudevents-batch+json",
          "text/csv",
          ";;",
          "application/json;charset=\"");

  private static final List<String> LENGTHS =
      List.of(
          "Content-Length: abc",
          "Content-Length: -5",
          "Content-Length: 1e3",
          "Content-Length: +9",
          "Content-Length: 4, 5",
          "Content-Length: 4\r\nContent-Length: 5",
          "Content-Length: 99999999999999999999",
          "Content-Length:",
          "Content-Length: 0x10",
          "Content-Length: 4\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: 4",
          "Transfer-Encoding: xchunked\r\nContent-Length: 4",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: chunked, identity",
          "Transfer-Encoding : chunked",
          "Transfer-Encoding:\u000bchunked",
          "Transfer-Encoding: chunked");

  private static final List<String> CHUNKS =
      List.of(
          "ZZ\r\n{}\r\n0\r\n\r\n",
          "-1\r\n{}\r\n0\r\n\r\n",
          "FFFFFFFFFFFFFFFF\r\n{}",
          "2{}\r\n",
          "2\r\n{}xx0\r\n\r\n",
          "2;" + "e".repeat(9000) + "\r\n{}\r\n0\r\n\r\n",
          "\r\n\r\n",
          "0\r\n" + "T: x\r\n".repeat(3000) + "\r\n",
          "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");

  private static final List<String> HEADS =
      List.of(
          "GARBAGE\r\n\r\n",
          "POST /v1/results HTTP/9.9\r\n\r\n",
          "POST /v1/results\r\n\r\n",
          " POST /v1/results HTTP/1.1\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "POST http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
          "POST /%zz%00 HTTP/1.1\r\nHost: x\r\n\r\n",
          "POST /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
          "\r\n".repeat(500) + "X\r\n\r\n",
          "GET /" + "a".repeat(3000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9000) + "\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(3000) + "\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
          "GET / HTTP/1.1\r\n: empty\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n folded\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nA\u0000B: c\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nA: \u0000\u0001\u00ff\r\n\r\n",
          "\u0016\u0003\u0001\u0002");

  private final Random random;

  MalformedRequests(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A request whose end is plain, so that others may follow it on its connection. */
  byte[] framed() {
    String method = random.nextInt(50) == 0 ? "PUT" : "POST";
    String path = random.nextBoolean() ? "/v1/results" : "/v1/activity";
    if (random.nextInt(100) == 0) {
      path += "/" + random.nextInt(9);
    }
    byte[] body = mutated(original());
    StringBuilder headers = new StringBuilder("Content-Type: " + oneOf(TYPES) + "\r\n");
    if (random.nextInt(8) == 0) {
      String coding = oneOf(List.of("gzip", "zstd", "br"));
      headers.append("Content-Encoding: ").append(coding).append("\r\n");
      body = random.nextInt(4) == 0 ? body : mutated(compressed(coding, body));
    }
    if (random.nextInt(8) == 0) {
      headers.append("ce-specversion: 1.0\r\nce-type: ").append(oneOf(TYPES)).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String line = "%s %s HTTP/1.1\r\nHost: x\r\n%s".formatted(method, path, headers);
    if (random.nextInt(4) == 0) {
      write(request, line + "Transfer-Encoding: chunked\r\n\r\n");
      for (int from = 0; from < body.length; ) {
        int size = Math.min(body.length - from, 1 + random.nextInt(200));
        write(request, Integer.toHexString(size) + "\r\n");
        request.write(body, from, size);
        write(request, "\r\n");
        from += size;
      }
      write(request, "0\r\n\r\n");
    } else {
      write(request, line + "Content-Length: " + body.length + "\r\n\r\n");
      request.writeBytes(body);
    }
    return request.toByteArray();
  }

  /** A request whose end or head is wrong. What follows it on its connection means nothing. */
  byte[] misframed() {
    String good =
        "POST /v1/results HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\n\r\n";
    return switch (random.nextInt(5)) {
      case 0 -> bytes(good.formatted(oneOf(LENGTHS)) + "{}{}" + oneOf(CHUNKS));
      case 1 -> bytes(good.formatted("Transfer-Encoding: chunked") + oneOf(CHUNKS));
      case 2 -> bytes(oneOf(HEADS));
      case 3 -> mutated(bytes(oneOf(HEADS)));
      default -> {
        byte[] whole = framed();
        yield Arrays.copyOf(whole, random.nextInt(whole.length));
      }
    };
  }

  private byte[] original() {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    String one = JsonEvents.result(id, "s", random.nextInt(120));
    String two = JsonEvents.activity(id, "s");
    return switch (random.nextInt(4)) {
      case 0 -> one.getBytes(UTF_8);
      case 1 -> two.getBytes(UTF_8);
      case 2 -> ("[" + one + "," + two + "]").getBytes(UTF_8);
      default -> (one + "\n" + two + "\n").getBytes(UTF_8);
    };
  }

  /** One to five bytes changed, ranges cut out or doubled, or scraps put in. */
  private byte[] mutated(byte[] original) {
    byte[] body = original;
    for (int n = 1 + random.nextInt(5); n > 0 && body.length > 0; n--) {
      int from = random.nextInt(body.length);
      int to = from + random.nextInt(Math.min(20, body.length - from));
      ByteArrayOutputStream changed = new ByteArrayOutputStream();
      changed.write(body, 0, from);
      switch (random.nextInt(5)) {
        case 0 -> changed.write(random.nextInt(256));
        case 1 -> changed.writeBytes(bytes(oneOf(SCRAPS)));
        case 2 -> changed.writeBytes(Arrays.copyOfRange(body, from, body.length));
        case 3 -> to = from + random.nextInt(body.length - from);
        default -> to = from;
      }
      changed.write(body, to, body.length - to);
      body = changed.toByteArray();
    }
    return body;
  }

  private static byte[] compressed(String coding, byte[] body) {
    if (!coding.equals("gzip")) {
      return Zstd.compress(body);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(bytes(text));
  }

  /** One byte a character, so that scraps may be any bytes. */
  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
