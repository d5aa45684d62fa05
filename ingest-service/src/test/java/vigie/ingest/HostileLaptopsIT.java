// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vigie.ingest.JsonEvents.JSON;
import static vigie.ingest.JsonEvents.NDJSON;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.stack.kafka.KafkaNode;

/**
 * What a laptop does at its worst costs itself and not its neighbours, with limits that a test
 * reaches soon. Each test has an address and a student of its own.
 */
@ExtendWith(SharedKafka.class)
class HostileLaptopsIT {

  private static final String RESULTS = "/v1/results";
  private static final int CLIENT_BURST = 64 * 1024;
  private static final int RECORDS_BURST = 100;
  private static final String REFUSED = "vigie_ingest_refused_total{code=\"";
  private static final String IN_FLIGHT = "vigie_ingest_in_flight_bytes";
  private static final int RESERVED_AT_ONCE = 4 * 1024;
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir static Path folder;
  private static Issuer issuer;
  private static RunningIngest ingest;

  private final String school = "school-" + COUNT.incrementAndGet();
  private final String student = "s-" + COUNT.get();
  private final String token = issuer.token(Role.LAPTOP, student);

  @BeforeAll
  static void start(KafkaNode kafka) {
    issuer = Issuer.in(folder.resolve("keys"));
    Map<String, String> settings = new HashMap<>(issuer.environment());
    settings.put("VIGIE_ACCESS", "tokens");
    settings.put("VIGIE_INGEST_CLIENT_HEADER", "X-Device-Id");
    settings.put("VIGIE_INGEST_CLIENT_RATE", "8K");
    settings.put("VIGIE_INGEST_CLIENT_BURST", Integer.toString(CLIENT_BURST));
    settings.put("VIGIE_INGEST_STUDENT_RECORDS", "1");
    settings.put("VIGIE_INGEST_STUDENT_RECORDS_BURST", Integer.toString(RECORDS_BURST));
    settings.put("VIGIE_INGEST_CLIENT_IN_FLIGHT_SIZE", "384K");
    settings.put("VIGIE_INGEST_REFUSED_TOKENS", "1");
    settings.put("VIGIE_INGEST_REFUSED_TOKENS_BURST", "50");
    settings.put("VIGIE_INGEST_BODY_TIMEOUT", "10s");
    ingest = RunningIngest.startOn(kafka, folder, settings);
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @Test
  void aLengthThatIsALieCostsNobodyAnything() throws Exception {
    for (String authorization : List.of("", "Authorization: Bearer " + token + "\r\n")) {
      for (int i = 0; i < 10; i++) {
        try (RawConnection connection = new RawConnection(ingest.url())) {
          connection.write(head(authorization + "Content-Length: 1073741000\r\n") + "{");
          RawConnection.Answer answer = connection.read().orElseThrow();
          assertEquals(413, answer.status(), answer.body());
          assertTrue(answer.body().contains("\"code\":\"body-too-large\""), answer.body());
        }
      }
    }
    assertEquals(202, send(event()).statusCode());
  }

  @Test
  void aBodyIsPaidAsItArrivesThoughItNeverEnds() throws Exception {
    int bytes = CLIENT_BURST + 16_000;
    try (RawConnection connection = new RawConnection(ingest.url())) {
      connection.write(withToken("Transfer-Encoding: chunked"));
      connection.write(Integer.toHexString(bytes) + "\r\n" + " ".repeat(bytes) + "\r\n");
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> code(send(event())).equals("rate-exceeded"));
    }
    assertEquals("rate-exceeded", code(send(event())));
  }

  @Test
  void whatComesWithoutATokenIsNotPaidByTheNeighboursOfItsSender() throws Exception {
    assertEquals(202, send(event()).statusCode());
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String bad = i % 3 == 0 ? "x" : token.substring(0, token.length() - 8) + "AAAAAAAA";
      HttpResponse<String> answer =
          ingest.send(request(JSON, event()).setHeader("Authorization", "Bearer " + bad));
      assertTrue(answer.statusCode() == 401 || answer.statusCode() == 429, answer.body());
      codes.add(code(answer));
    }
    assertTrue(codes.contains("too-many-refused-tokens"), codes::toString);
    assertEquals(202, send(event()).statusCode());
  }

  @Test
  void aStudentHasItsShareOfRecordsOfEachKind() throws Exception {
    String line = JsonEvents.result(UUID.randomUUID(), student, 5) + "\n";
    HttpResponse<String> first = ingest.send(request(NDJSON, line.repeat(RECORDS_BURST + 50)));
    assertEquals(202, first.statusCode(), first.body());

    HttpResponse<String> second = ingest.send(request(NDJSON, line));

    assertEquals(429, second.statusCode());
    assertEquals("record-rate-exceeded", code(second));
    assertTrue(Integer.parseInt(second.headers().firstValue("Retry-After").orElseThrow()) > 20);
    String activity = JsonEvents.activity(UUID.randomUUID(), student);
    assertEquals(202, ingest.send(request("/v1/activity", JSON, activity)).statusCode());
    String other = "other-" + student;
    assertEquals(
        202,
        ingest
            .send(
                request(JSON, JsonEvents.result(UUID.randomUUID(), other, 5))
                    .setHeader("Authorization", "Bearer " + issuer.token(Role.LAPTOP, other)))
            .statusCode());
  }

  @Test
  void oneClientDoesNotHoldTheMemoryOfAll() throws Exception {
    // The token is remembered from here on: a head is admitted on the event loop that reads it.
    assertEquals(202, send(event()).statusCode());
    List<RawConnection> open = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        open.add(new RawConnection(ingest.url()));
        open.get(i).write(withToken("Content-Length: 200000") + " ");
      }
      // All three are admitted before their bodies use up what the client may send at once.
      await().until(() -> ingest.metric(IN_FLIGHT) >= 3 * RESERVED_AT_ONCE);
      for (int i = 0; i < 19; i++) {
        for (RawConnection connection : open) {
          connection.write(" ".repeat(10_000));
        }
      }
      await()
          .atMost(Duration.ofSeconds(8))
          .until(() -> ingest.metric(REFUSED + "client-in-flight-full\",kind=\"results\"") > 0);
      HttpResponse<String> neighbour =
          ingest.send(request(JSON, event()).setHeader("X-Device-Id", "neighbour of " + school));
      assertEquals(202, neighbour.statusCode(), neighbour.body());
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
  }

  /** One verified token, written in many ways, would be verified and remembered as often. */
  @ParameterizedTest
  @ValueSource(strings = {"  ", "\t", " \t ", "   \t\t", " ="})
  void aTokenIsWrittenInOneWay(String blanks) throws Exception {
    assertEquals(202, send(event()).statusCode());
    try (RawConnection connection = new RawConnection(ingest.url())) {
      connection.write(
          head("Authorization: Bearer" + blanks + token + "\r\nContent-Length: 2\r\n") + "[]");
      assertEquals(401, connection.read().orElseThrow().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void tenThousandEmptyMembersAreARefusal(String coding) throws Exception {
    byte[] empty = coding.equals("gzip") ? Bodies.gzip(new byte[0]) : Zstd.compress(new byte[0]);
    HttpResponse<String> answer = compressed(coding, Bodies.repeat(empty, 10_000));
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals("content-coding-malformed", code(answer));
  }

  @Test
  void aMemberThatIsCutOffIsNotLostWithoutAWord() throws Exception {
    byte[] one = Bodies.gzip((event() + "\n").getBytes(UTF_8));
    byte[] body = Bodies.join(one, Arrays.copyOf(one, 5));
    assertEquals("content-coding-malformed", code(compressed("gzip", body)));
  }

  @Test
  void severalCodingsAreNotReadAsOne() throws Exception {
    HttpResponse<String> answer =
        ingest.send(
            request(JSON, event())
                .header("Content-Encoding", "identity")
                .header("Content-Encoding", "gzip"));
    assertEquals("content-coding-unsupported", code(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-ndjson",
        "application/json",
        "application/json; charset=UTF-8",
        "application/json; charset=\"utf-8\""
      })
  void aByteOrderMarkIsNoPartOfABody(String type) throws Exception {
    String body = type.contains("ndjson") ? (event() + "\n").repeat(3) : event();
    HttpResponse<String> answer = ingest.send(request(type, "\ufeff" + body));
    assertEquals(202, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"rejected\":[]"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "iso-8859-1", "utf-16", "\"\""})
  void aBodyOfAnotherCharsetIsRefused(String charset) throws Exception {
    HttpResponse<String> answer = ingest.send(request(JSON + ";charset=" + charset, event()));
    assertEquals("media-type-unsupported", code(answer));
  }

  @Test
  void anOverlongFormIsNotReadAsWhatItStandsFor() throws Exception {
    String[] halves = event().split("(?<=c-point)", 2);
    byte[] body =
        Bodies.join(
            halves[0].getBytes(UTF_8),
            new byte[] {(byte) 0xC0, (byte) 0xAF},
            halves[1].getBytes(UTF_8));
    HttpResponse<String> answer =
        ingest.send(request(JSON, "").POST(BodyPublishers.ofByteArray(body)));
    assertEquals("json-malformed", code(answer));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-15T09:30:00Z+05:00, timestamp-invalid",
    "2026-06-15T09:30:00.1234567890Z, ",
    "2016-12-31T23:59:60Z, "
  })
  void aTimestampIsReadWhollyOrNotAtAll(String timestamp, String fault) throws Exception {
    HttpResponse<String> answer = send(event().replace("2026-06-15T07:00:00.302Z", timestamp));
    assertEquals(fault == null ? 202 : 400, answer.statusCode(), answer.body());
    assertTrue(fault == null || answer.body().contains(fault), answer.body());
  }

  /** RFC 9112, 7.1.1: a recipient ignores the chunk extensions that it does not know. */
  @ParameterizedTest
  @ValueSource(strings = {"", ";a", ";a=b", " ; a = b", ";a=b;c=d", ";a=\"b;c\""})
  void chunkExtensionsAreIgnored(String extension) throws Exception {
    String event = event();
    String rest = event.substring(5);
    try (RawConnection connection = new RawConnection(ingest.url())) {
      connection.write(withToken("Transfer-Encoding: chunked"));
      connection.write("5" + extension + "\r\n" + event.substring(0, 5) + "\r\n");
      connection.write(Integer.toHexString(rest.length()) + extension + "\r\n" + rest + "\r\n");
      connection.write("0" + extension + "\r\n\r\n");
      RawConnection.Answer answer = connection.read().orElseThrow();
      assertEquals(202, answer.status(), answer.body());
    }
  }

  private String event() {
    return JsonEvents.result(new UUID(1, COUNT.get()), student, 50);
  }

  private HttpResponse<String> send(String event) throws IOException, InterruptedException {
    return ingest.send(request(JSON, event));
  }

  private HttpRequest.Builder request(String type, String body) {
    return request(RESULTS, type, body);
  }

  private HttpRequest.Builder request(String path, String type, String body) {
    return ingest
        .request(path, type, BodyPublishers.ofString(body))
        .header("Authorization", "Bearer " + token)
        .header("X-Device-Id", school);
  }

  /** Of a client of its own. */
  private HttpResponse<String> compressed(String coding, byte[] body) {
    try {
      return ingest.send(
          request(NDJSON, "")
              .POST(BodyPublishers.ofByteArray(body))
              .setHeader("X-Device-Id", "device-" + COUNT.incrementAndGet())
              .header("Content-Encoding", coding));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String withToken(String header) {
    return head("Authorization: Bearer " + token + "\r\n" + header + "\r\n");
  }

  private String head(String headers) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nX-Device-Id: %s\r\n%s\r\n"
        .formatted(RESULTS, JSON, school, headers);
  }

  private static String code(HttpResponse<String> answer) {
    return answer.body().replaceAll("(?s).*?\"code\":\"([^\"]*)\".*", "$1");
  }
}
