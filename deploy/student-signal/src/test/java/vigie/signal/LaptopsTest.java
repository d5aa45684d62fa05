// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaptopsTest {

  /** An answer of the server; status 0 cuts the connection. */
  private record Scripted(int status, String body) {}

  private static final Scripted BUSY = new Scripted(503, "{\"code\":\"kafka-unavailable\"}");
  private static final Event FIRST = event();
  private static final Event SECOND = event();

  private final Queue<Scripted> script = new ConcurrentLinkedQueue<>();
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
  private final Queue<String> preferences = new ConcurrentLinkedQueue<>();
  private final Tally tally = new Tally();
  private HttpServer server;
  @TempDir private Path folder;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/results",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorizations.addAll(
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          preferences.addAll(exchange.getRequestHeaders().getOrDefault("Prefer", List.of()));
          Scripted answer = script.remove();
          if (answer.status() > 0) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void aBatchIsSentAgainWithTheSameIdsUntilItIsTaken() throws Exception {
    script.addAll(List.of(BUSY, new Scripted(0, ""), BUSY, accepted(2)));
    send(Duration.ofMinutes(1));
    assertEquals(4, bodies.size());
    assertEquals(1, bodies.stream().distinct().count());
    assertTrue(tally.isComplete());
  }

  @Test
  void onlyAcknowledgedEventsHaveAReceipt() throws Exception {
    script.add(
        new Scripted(
            202,
            "{\"accepted\":1,\"rejected\":[{\"index\":0,\"id\":null,\"code\":\"id-invalid\"}],"
                + "\"ids\":[null,\"7b5f8f68-1b27-505d-a759-ace2a98ed64d\"]}"));
    send(Duration.ofMinutes(1));
    assertEquals(List.of("return=representation"), List.copyOf(preferences));
    assertEquals(
        List.of("results 7b5f8f68-1b27-505d-a759-ace2a98ed64d"),
        Files.readAllLines(receiptsFile()));
    assertFalse(tally.isComplete());
  }

  /** Nothing is known of what such an answer acknowledges. */
  @Test
  void anAnswerThatDoesNotNameAllIdsIsAFailure() throws Exception {
    script.add(new Scripted(202, "{\"accepted\":2,\"rejected\":[]}"));
    send(Duration.ofMinutes(1));
    assertFalse(tally.isComplete());
    assertEquals(List.of(), Files.readAllLines(receiptsFile()));
  }

  @Test
  void aBatchThatIsNeverTakenIsReportedAsFailed() throws Exception {
    for (int i = 0; i < 100; i++) {
      script.add(BUSY);
    }
    send(Duration.ofMillis(300));
    assertFalse(tally.isComplete());
    assertTrue(tally.summary(Duration.ZERO).contains("failed 2"), tally.summary(Duration.ZERO));
    assertEquals(List.of(), Files.readAllLines(receiptsFile()));
  }

  @Test
  void aRequestCarriesTheTokenOfItsStudent() throws Exception {
    script.add(accepted(2));
    send(Duration.ofMinutes(1), Tokens.signedIn(folder.resolve("keys")));
    String[] token = authorizations.remove().substring("Bearer ".length()).split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8);
    assertTrue(claims.contains("\"sub\":\"s-1\""), claims);
    assertTrue(claims.contains("\"groups\":[\"laptop\"]"), claims);
  }

  private void send(Duration patience) throws Exception {
    send(patience, Tokens.NONE);
  }

  private void send(Duration patience, Tokens tokens) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (Receipts receipts = Receipts.in(receiptsFile())) {
      Laptops laptops = new Laptops(url, tokens, 4, patience, receipts, tally);
      laptops.send(new Batch(Event.Kind.RESULTS, List.of(FIRST, SECOND), Instant.now()));
      laptops.awaitAnswers();
    }
  }

  private Path receiptsFile() {
    return folder.resolve("receipts");
  }

  private static Scripted accepted(int events) {
    String ids =
        Stream.generate(() -> "\"%s\"".formatted(UUID.randomUUID()))
            .limit(events)
            .collect(Collectors.joining(","));
    return new Scripted(
        202, "{\"accepted\":%d,\"rejected\":[],\"ids\":[%s]}".formatted(events, ids));
  }

  private static Event event() {
    UUID id = UUID.randomUUID();
    return new Event(Event.Kind.RESULTS, "s-1", "{\"id\":\"%s\"}".formatted(id));
  }
}
