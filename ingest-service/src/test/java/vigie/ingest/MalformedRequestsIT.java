// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent gets a 4xx with a code or is taken; never a 5xx, never silence. */
class MalformedRequestsIT {

  private static final int REQUESTS = 4_000;
  private static final List<byte[]> SCRAPS =
      List.of(
          bytes("\""),
          bytes("\\ud800"),
          bytes("{"),
          bytes("}"),
          bytes("["),
          bytes("]"),
          bytes(","),
          bytes("\n"),
          bytes("null"),
          bytes("NaN"),
          bytes("1e999"),
          bytes("-"),
          bytes("\\u0000"),
          bytes("[".repeat(50)),
          bytes("9".repeat(200)),
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
          new byte[] {(byte) 0xFF, 0});

  @TempDir static Path folder;
  private static RunningIngest ingest;

  @BeforeAll
  static void start() {
    ingest = RunningIngest.startIn(folder, Map.of("VIGIE_INGEST_BODY_TIMEOUT", "2s"));
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @Test
  void mutatedRequestsAreNeverAServerError() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < REQUESTS; i++) {
      byte[] body = mutated(original(random), random);
      HttpResponse<String> answer =
          ingest.send(
              ingest.request(
                  random.nextBoolean() ? "/v1/results" : "/v1/activity",
                  random.nextBoolean() ? JsonEvents.JSON : JsonEvents.NDJSON,
                  BodyPublishers.ofByteArray(body)));
      assertTrue(
          answer.statusCode() < 500,
          () -> "seed %d: %s gave %s".formatted(seed, Arrays.toString(body), answer.body()));
      assertTrue(answer.statusCode() == 202 || answer.body().contains("\"code\":\""));
    }
    assertFalse(Files.readString(ingest.process().process().log()).contains("ERROR"));
    assertTrue(ingest.get("/q/metrics").body().contains("vigie_ingest_in_flight_bytes 0.0"));
  }

  @Test
  void aBodyThatDoesNotArriveIsGivenUp() throws Exception {
    String answer = talk("Content-Length: 100\r\n\r\n{\"studentId\":");
    assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
    assertTrue(answer.contains("\"code\":\"body-timeout\""), answer);
    assertMemoryIsGivenBack();
  }

  @Test
  void aSenderThatGoesAwayLeavesNothingBehind() throws Exception {
    try (Socket socket = new Socket(ingest.url().getHost(), ingest.url().getPort())) {
      socket.getOutputStream().write(bytes(head() + "Content-Length: 100\r\n\r\n{\"studentId\":"));
    }
    assertMemoryIsGivenBack();
  }

  @Test
  void anotherMethodOrPathIsNoServerError() throws Exception {
    assertEquals(405, ingest.get("/v1/results").statusCode());
    assertEquals(404, ingest.get("/v2/results").statusCode());
  }

  private static void assertMemoryIsGivenBack() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ingest.get("/q/metrics").body().contains("vigie_ingest_in_flight_bytes 0.0"));
  }

  private static String talk(String rest) throws IOException {
    try (Socket socket = new Socket(ingest.url().getHost(), ingest.url().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes(head() + rest));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String head() {
    return "POST /v1/results HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  }

  private static byte[] original(Random random) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    String one = JsonEvents.result(id, "s", random.nextInt(120));
    String two = JsonEvents.activity(id, "s");
    return bytes(
        switch (random.nextInt(3)) {
          case 0 -> one;
          case 1 -> "[" + one + "," + two + "]";
          default -> one + "\n" + two + "\n";
        });
  }

  /** One to five bytes changed, ranges cut out or doubled, or scraps put in. */
  private static byte[] mutated(byte[] original, Random random) {
    byte[] body = original;
    for (int n = 1 + random.nextInt(5); n > 0 && body.length > 0; n--) {
      int from = random.nextInt(body.length);
      int to = from + random.nextInt(Math.min(20, body.length - from));
      ByteArrayOutputStream changed = new ByteArrayOutputStream();
      changed.write(body, 0, from);
      switch (random.nextInt(4)) {
        case 0 -> changed.write(random.nextInt(256));
        case 1 -> changed.writeBytes(SCRAPS.get(random.nextInt(SCRAPS.size())));
        case 2 -> changed.writeBytes(Arrays.copyOfRange(body, Math.min(from, to), body.length));
        default -> to = from;
      }
      changed.write(body, to, body.length - to);
      body = changed.toByteArray();
    }
    return body;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
