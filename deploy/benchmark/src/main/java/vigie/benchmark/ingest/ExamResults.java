// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Results of an exam as laptops write them, about 140 bytes of JSON each, always the same ones. */
final class ExamResults {

  private static final int DISTINCT = 20_000;
  private static final int STUDENTS = 30_000;
  private static final int EXERCISES = 20;

  private final List<byte[]> lines = new ArrayList<>(DISTINCT);
  private final List<String> students = new ArrayList<>(DISTINCT);

  ExamResults(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < DISTINCT; i++) {
      String student = String.format(Locale.ROOT, "g%05d", random.nextInt(STUDENTS));
      students.add(student);
      lines.add(
          String.format(
                  Locale.ROOT,
                  "{\"timestamp\":\"2026-06-15T%02d:%02d:%02d.%03dZ\",\"studentId\":\"%s\","
                      + "\"latitude\":%.5f,\"longitude\":%.5f,\"exerciseId\":\"c-exercise-%02d\","
                      + "\"score\":%.1f}\n",
                  7 + random.nextInt(4),
                  random.nextInt(60),
                  random.nextInt(60),
                  random.nextInt(1000),
                  student,
                  42.5 + 8 * random.nextDouble(),
                  -1.5 + 9 * random.nextDouble(),
                  random.nextInt(EXERCISES),
                  100 * random.nextDouble())
              .getBytes(US_ASCII));
    }
  }

  /** One result a line. */
  List<byte[]> lines() {
    return lines;
  }

  /** Mean size of one result, without its line's end, bytes. */
  double meanSize() {
    return lines.stream().mapToInt(line -> line.length - 1).average().orElseThrow();
  }

  /**
   * Whole HTTP requests that bring all results once, in direct memory, ready to be written.
   *
   * @param tokens gives that of a student, whose is the first event of a request
   */
  List<ByteBuffer> requests(
      String host, int eventsPerRequest, Function<String, Optional<String>> tokens) {
    Map<String, Optional<String>> known = new HashMap<>();
    List<ByteBuffer> requests = new ArrayList<>();
    for (int i = 0; i + eventsPerRequest <= lines.size(); i += eventsPerRequest) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      lines.subList(i, i + eventsPerRequest).forEach(body::writeBytes);
      String authorization =
          known
              .computeIfAbsent(students.get(i), tokens)
              .map("Authorization: Bearer %s\n"::formatted)
              .orElse("");
      String type = eventsPerRequest == 1 ? "json" : "x-ndjson";
      requests.add(request(host, authorization, type, body.toByteArray()));
    }
    return requests;
  }

  private static ByteBuffer request(String host, String authorization, String type, byte[] body) {
    byte[] head =
        """
        POST /v1/results HTTP/1.1
        Host: %s
        %sContent-Type: application/%s
        Content-Length: %d

        """
            .formatted(host, authorization, type, body.length)
            .replace("\n", "\r\n")
            .getBytes(US_ASCII);
    return ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body).flip();
  }
}
