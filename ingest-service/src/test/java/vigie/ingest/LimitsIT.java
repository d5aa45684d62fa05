// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vigie.ingest.JsonEvents.JSON;
import static vigie.ingest.JsonEvents.NDJSON;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.kafka.KafkaNode;

/** What happens beyond each limit, with limits that a test reaches soon. */
@ExtendWith(SharedKafka.class)
class LimitsIT {

  private static final int CONNECTIONS = 30;
  private static final String HEAD =
      "POST /v1/results HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  @TempDir static Path folder;
  private static RunningIngest ingest;

  @BeforeAll
  static void start(KafkaNode kafka) {
    ingest =
        RunningIngest.startOn(
            kafka,
            folder,
            Map.of(
                "VIGIE_INGEST_BODY_TIMEOUT", "2s",
                "VIGIE_INGEST_HEAD_TIMEOUT", "2s",
                "VIGIE_INGEST_MAX_CONNECTIONS", Integer.toString(CONNECTIONS),
                "VIGIE_INGEST_CLIENT_HEADER", "X-Device-Id",
                "VIGIE_INGEST_CLIENT_RATE", "64K",
                "VIGIE_INGEST_CLIENT_BURST", "128K",
                "QUARKUS_HTTP_CORS_ENABLED", "true",
                "QUARKUS_HTTP_CORS_ORIGINS", "https://exam.example"));
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @Test
  void aBodyThatDoesNotArriveIsGivenUp() throws Exception {
    try (RawConnection connection = new RawConnection(ingest.url())) {
      connection.write(HEAD + "Content-Length: 100\r\n\r\n{\"studentId\":");
      RawConnection.Answer answer = connection.read().orElseThrow();
      assertEquals(408, answer.status());
      assertTrue(answer.body().contains("\"code\":\"body-timeout\""), answer.body());
      assertTrue(connection.read().isEmpty());
    }
    assertMemoryIsGivenBack();
  }

  @Test
  void aSenderThatGoesAwayLeavesNothingBehind() throws Exception {
    try (RawConnection connection = new RawConnection(ingest.url())) {
      connection.write(HEAD + "Content-Length: 100\r\n\r\n{\"studentId\":");
    }
    assertMemoryIsGivenBack();
  }

  /** Bytes flow all the time, so that no idle timeout ends it. */
  @Test
  void aHeadThatTricklesInIsCutOff() throws Exception {
    long before = closed("slow-head");
    try (RawConnection first = new RawConnection(ingest.url());
        RawConnection second = new RawConnection(ingest.url())) {
      second.write("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(404, second.read().orElseThrow().status());
      for (RawConnection connection : List.of(first, second)) {
        connection.write("POST /v1/results HTTP/1.1\r\n");
        await()
            .pollInterval(Duration.ofMillis(100))
            .atMost(Duration.ofSeconds(10))
            .until(() -> isRefused(connection, "X: y\r\n"));
      }
    }
    assertEquals(before + 2, closed("slow-head"));
  }

  /** A service that was taken for dead then would be killed, with all that it serves. */
  @Test
  void connectionsBeyondTheLimitAreClosedAndOthersServedAsAreHealthAndMetrics() throws Exception {
    List<RawConnection> open = new ArrayList<>();
    try {
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                RawConnection connection = new RawConnection(ingest.url());
                open.add(connection);
                connection.write("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
                return connection.read().isEmpty();
              });
      assertTrue(open.size() <= CONNECTIONS + 1, () -> "there were " + open.size());
      open.get(0).write("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(404, open.get(0).read().orElseThrow().status());
      assertTrue(closed("limit") > 0);
      assertEquals(200, ingest.health("live").statusCode());
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
    await().until(() -> metric("vigie_ingest_connections") < CONNECTIONS / 2.0);
  }

  @Test
  void whoNeverReadsItsAnswersIsCutOff() throws Exception {
    long before = closed("answers-unread");
    String requests = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
    try (RawConnection connection = new RawConnection(ingest.url())) {
      await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(30))
          .until(() -> isRefused(connection, requests));
    }
    assertEquals(before + 1, closed("answers-unread"));
  }

  @Test
  void aHeadTooLargeIsRefused() throws Exception {
    try (RawConnection connection = new RawConnection(ingest.url())) {
      connection.write(HEAD + "X: " + "x".repeat(9_000) + "\r\n\r\n");
      assertEquals(431, connection.read().orElseThrow().status());
    }
    try (RawConnection connection = new RawConnection(ingest.url())) {
      connection.write("GET /" + "x".repeat(3_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(414, connection.read().orElseThrow().status());
    }
  }

  @Test
  void aGreedyClientWaitsAndAModestOneDoesNot() throws Exception {
    String large = (JsonEvents.result(UUID.randomUUID(), "s", 50) + "\n").repeat(300);
    CompletableFuture<Integer> greedy =
        CompletableFuture.supplyAsync(
            () -> {
              int refused = 0;
              for (int i = 0; i < 100; i++) {
                refused += postAs("greedy", large).statusCode() == 429 ? 1 : 0;
              }
              return refused;
            });
    for (int i = 0; i < 50; i++) {
      HttpResponse<String> answer = postAs("modest", JsonEvents.result(UUID.randomUUID(), "s", 50));
      assertEquals(202, answer.statusCode(), answer.body());
    }
    assertTrue(greedy.join() > 90, "the greedy client was refused " + greedy.join() + " times");

    HttpResponse<String> refused =
        await().until(() -> postAs("greedy", large), answer -> answer.statusCode() == 429);
    assertTrue(refused.body().contains("\"code\":\"rate-exceeded\""), refused.body());
    long seconds = Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
    await()
        .atMost(Duration.ofSeconds(seconds + 2))
        .until(() -> postAs("greedy", "{}").statusCode() != 429);
    assertTrue(metric("vigie_ingest_refused_total{code=\"rate-exceeded\"") > 90);
  }

  @Test
  void aPageOfTheAllowedOriginMaySendAndAnotherMayNot() throws Exception {
    HttpRequest.Builder preflight =
        HttpRequest.newBuilder(ingest.url().resolve("/v1/results"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type");
    HttpResponse<String> ours =
        ingest.send(preflight.copy().header("Origin", "https://exam.example"));
    assertEquals(
        "https://exam.example",
        ours.headers().firstValue("access-control-allow-origin").orElseThrow());
    HttpResponse<String> theirs =
        ingest.send(preflight.copy().header("Origin", "https://other.example"));
    assertTrue(theirs.headers().firstValue("access-control-allow-origin").isEmpty());
  }

  private static HttpResponse<String> postAs(String device, String body) {
    try {
      return ingest.send(
          ingest
              .request(
                  "/v1/results", body.contains("\n") ? NDJSON : JSON, BodyPublishers.ofString(body))
              .header("X-Device-Id", device));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isRefused(RawConnection connection, String more) throws IOException {
    try {
      connection.write(more);
      return false;
    } catch (SocketException closed) {
      return true;
    }
  }

  private static long closed(String reason) throws Exception {
    return (long) metric("vigie_ingest_connections_closed_total{reason=\"" + reason + "\"");
  }

  private static double metric(String start) throws Exception {
    return ingest.metric(start);
  }

  private static void assertMemoryIsGivenBack() {
    await().atMost(Duration.ofSeconds(10)).until(() -> metric("vigie_ingest_in_flight_bytes") == 0);
  }
}
