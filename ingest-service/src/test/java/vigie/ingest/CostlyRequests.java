// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Requests that are cheap to send and made to be dear to read, without end, decided by a seed. */
final class CostlyRequests {

  private static final int LARGEST = 8 << 20;
  private static final byte[] NOTHING = {};

  /**
   * A request to write on a connection.
   *
   * @param whole false when its end never comes, so that its connection has to be closed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Costly(String name, byte[] bytes, boolean whole) {}

  private final Random random;
  private final List<String> students;
  private final List<String> tokens;

  /** The tokens are those of the students, in their order. */
  CostlyRequests(long seed, List<String> students, List<String> tokens) {
    this.random = new Random(seed);
    this.students = students;
    this.tokens = tokens;
  }

  Costly next() {
    int who = random.nextInt(students.size());
    String student = students.get(who);
    String token = "Authorization: Bearer " + tokens.get(who);
    return switch (random.nextInt(16)) {
      case 0 ->
          compressed("nested lines", token, Bodies.nestedLines(1 + random.nextInt(15), size()));
      case 1 -> compressed("wide", token, around("{\"k\":[", "1,", "1]}", size()));
      case 2 -> compressed("blanks", token, around("", " ", "", size()));
      case 3 -> compressed("blank lines", token, around("", "\n", "", size()));
      case 4 -> compressed("tiny records", token, around("", "{}\n", "", Math.min(size(), 29_000)));
      case 5 -> compressed("no records", token, around("", "1 1\n", "", Math.min(size(), 39_000)));
      case 6 -> compressed("too large", token, new byte[LARGEST + random.nextInt(LARGEST)]);
      case 7 -> compressed("many names", token, names(random.nextInt(50_000)));
      case 8 -> compressed("escapes", token, around("{\"k\":\"", "\\u0041", "\"}", size()));
      case 9 -> compressed("long number", token, around("{\"score\":", "9", "}", size()));
      case 10 -> members(token);
      case 11 -> lie(token);
      case 12 -> padded(token);
      case 13 -> twice(token, student);
      case 14 -> chunks(token, student);
      default -> compressed("results", token, results(student, random.nextInt(10_000)));
    };
  }

  /** As often around 1 KB as around 1 MB. */
  private int size() {
    return (int) Math.min(LARGEST - 1_000, Math.exp(random.nextDouble() * 9.5 + 7));
  }

  private static byte[] around(String start, String middle, String end, int size) {
    return (start + middle.repeat(size / middle.length()) + end).getBytes(UTF_8);
  }

  private byte[] names(int count) {
    StringBuilder body = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      body.append('"').append(Long.toHexString(random.nextLong())).append("\":1,");
    }
    return body.append("\"k\":1}").toString().getBytes(UTF_8);
  }

  private byte[] results(String student, int count) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < count; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      body.append(JsonEvents.result(id, student, random.nextInt(120))).append('\n');
    }
    return body.toString().getBytes(UTF_8);
  }

  private Costly compressed(String name, String token, byte[] body) {
    boolean gzip = random.nextBoolean();
    byte[] compressed = gzip ? Bodies.gzip(body) : Zstd.compress(body);
    if (random.nextInt(10) == 0 && body.length < 1 << 20) {
      return whole(name + " as they are", token, body);
    }
    return whole(name, token + "\r\nContent-Encoding: " + (gzip ? "gzip" : "zstd"), compressed);
  }

  private Costly members(String token) {
    boolean gzip = random.nextBoolean();
    byte[] empty = gzip ? Bodies.gzip(NOTHING) : Zstd.compress(NOTHING);
    byte[] body = Bodies.repeat(empty, (int) Math.exp(random.nextDouble() * 11));
    return whole("members", token + "\r\nContent-Encoding: " + (gzip ? "gzip" : "zstd"), body);
  }

  private Costly lie(String token) {
    String length = Long.toString((long) Math.exp(random.nextDouble() * 20));
    String header = random.nextBoolean() ? token + "\r\n" : "";
    return new Costly("lie", head(header + "Content-Length: " + length, "{"), false);
  }

  private Costly padded(String token) {
    String blanks = (random.nextBoolean() ? " " : "\t").repeat(1 + random.nextInt(7_000));
    String header =
        switch (random.nextInt(3)) {
          case 0 -> token.replace("Bearer ", "Bearer " + blanks);
          case 1 -> token + "\r\nX-Padding:" + blanks + "x";
          default -> token.substring(0, token.length() - 10) + "A".repeat(blanks.length());
        };
    return whole("padded", header, "[]".getBytes(UTF_8));
  }

  private Costly twice(String token, String student) {
    String id = "\"id\":\"" + new UUID(1, random.nextInt(5)) + "\",";
    String event = JsonEvents.result(new UUID(1, 1), student, 50).substring(1);
    String line = "{" + id.repeat(1 + random.nextInt(50)) + event + "\n";
    return whole("ids twice", token, line.repeat(1 + random.nextInt(100)).getBytes(UTF_8));
  }

  /** One byte each. */
  private Costly chunks(String token, String student) {
    StringBuilder body = new StringBuilder();
    for (char c : JsonEvents.result(new UUID(2, 2), student, 50).toCharArray()) {
      body.append("1\r\n").append(c).append("\r\n");
    }
    String end = random.nextInt(4) == 0 ? "" : "0\r\n\r\n";
    return new Costly(
        "chunks", head(token + "\r\nTransfer-Encoding: chunked", body + end), !end.isEmpty());
  }

  private Costly whole(String name, String headers, byte[] body) {
    byte[] head = head(headers + "\r\nContent-Length: " + body.length, "");
    return new Costly(name, Bodies.join(head, body), true);
  }

  private byte[] head(String headers, String body) {
    String type = random.nextInt(3) == 0 ? JsonEvents.JSON : JsonEvents.NDJSON;
    return "POST /v1/results HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nX-Device-Id: d-%d\r\n%s\r\n\r\n%s"
        .formatted(type, random.nextInt(500), headers, body)
        .getBytes(ISO_8859_1);
  }
}
