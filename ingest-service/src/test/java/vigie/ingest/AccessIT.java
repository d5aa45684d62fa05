// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vigie.ingest.JsonEvents.JSON;
import static vigie.ingest.JsonEvents.NDJSON;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.events.EventId;
import vigie.issuer.Forgery;
import vigie.issuer.Grant;
import vigie.issuer.Issuer;
import vigie.issuer.KeyExchange;
import vigie.issuer.Revoke;
import vigie.issuer.Role;
import vigie.stack.kafka.KafkaNode;

/** Only a laptop with a token for a student can send the events of that student. */
@ExtendWith(SharedKafka.class)
class AccessIT {

  private static final String STUDENT = "s-1";
  private static final String RESULTS = "/v1/results";
  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;

  @TempDir static Path folder;
  private static Issuer issuer;
  private static RunningIngest ingest;

  /** A request with an event of {@link #STUDENT}, and the status that it is refused with. */
  private record Attack(String name, int status, String path, List<String> headers) {

    static Attack bearer(String name, int status, String token) {
      return new Attack(name, status, RESULTS, List.of("Authorization", "Bearer " + token));
    }

    static Attack with(String name, String... headers) {
      return new Attack(name, UNAUTHENTICATED, RESULTS, List.of(headers));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start(KafkaNode kafka) {
    issuer = Issuer.in(folder.resolve("keys"));
    ingest = RunningIngest.startOn(kafka, folder, settings());
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(issuer.environment());
    settings.put("VIGIE_ACCESS", "tokens");
    settings.put("VIGIE_ACCESS_KEYS_INTERVAL", "1s");
    return settings;
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/q/metrics",
        "/q/metrics/",
        "/q/health",
        "/q/health/ready",
        "/q/health/group/any",
        "/q/openapi/../metrics",
        "/q/%6detrics"
      })
  void healthAndMetricsAreNotAtThePublicPort(String path) throws Exception {
    assertEquals(404, ingest.get(path).statusCode());
  }

  static Stream<Attack> attacks() {
    String good = issuer.token(Role.LAPTOP, STUDENT);
    JwtClaims withoutRole = Grant.of(Role.LAPTOP, STUDENT).claims();
    withoutRole.unsetClaim("groups");
    Stream<Attack> forged =
        Forgery.tokens(issuer, Grant.of(Role.LAPTOP, STUDENT)).entrySet().stream()
            .map(one -> Attack.bearer(one.getKey(), UNAUTHENTICATED, one.getValue()));
    Stream<Attack> misplaced =
        Stream.of(
            Attack.with("no header"),
            Attack.with("another scheme", "Authorization", "Basic czEtMTp4"),
            Attack.with("without a scheme", "Authorization", good),
            Attack.with("in a cookie", "Cookie", "Bearer=" + good),
            Attack.with("in another header", "X-Authorization", "Bearer " + good),
            new Attack("in the URL", UNAUTHENTICATED, RESULTS + "?access_token=" + good, List.of()),
            Attack.bearer("oversized", 431, good + "x".repeat(9_000)));
    Stream<Attack> others =
        Stream.of(Role.PATROL, Role.STAFF, Role.ADMIN, Role.SERVICE)
            .map(role -> Attack.bearer(role.group(), FORBIDDEN, issuer.token(role, STUDENT)));
    Stream<Attack> noRole =
        Stream.of(Attack.bearer("no role", FORBIDDEN, issuer.sign(withoutRole)));
    return Stream.of(forged, misplaced, others, noRole).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void anAttackIsRefusedAndNothingOfItIsKept(Attack attack) throws Exception {
    UUID id = UUID.randomUUID();
    HttpRequest.Builder request = request(attack.path(), JsonEvents.result(id, STUDENT, 100));
    if (!attack.headers().isEmpty()) {
      request.headers(attack.headers().toArray(String[]::new));
    }

    HttpResponse<String> answer = ingest.send(request);

    assertEquals(attack.status(), answer.statusCode(), answer.body());
    if (attack.status() == UNAUTHENTICATED) {
      assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElse(""));
      assertTrue(answer.body().contains("\"code\":\"unauthenticated\""), answer.body());
    } else if (attack.status() == FORBIDDEN) {
      assertTrue(answer.body().contains("\"code\":\"forbidden\""), answer.body());
    }
    assertFalse(KafkaRecords.resultIds(ingest.kafka()).contains(EventId.of(STUDENT, id)));
  }

  @Test
  void aLaptopSendsTheEventsOfItsStudentOnly() throws Exception {
    List<UUID> own = new ArrayList<>();
    List<UUID> others = new ArrayList<>();
    Set<UUID> stored = new HashSet<>();
    StringBuilder lines = new StringBuilder();
    for (String student : List.of(STUDENT, "s-2", STUDENT, "S-1", "s-10")) {
      UUID id = UUID.randomUUID();
      (student.equals(STUDENT) ? own : others).add(id);
      stored.add(EventId.of(student, id));
      lines.append(JsonEvents.result(id, student, 50)).append('\n');
    }

    HttpResponse<String> answer =
        ingest.send(
            ingest
                .request(RESULTS, NDJSON, BodyPublishers.ofString(lines.toString()))
                .header("Authorization", "Bearer " + issuer.token(Role.LAPTOP, STUDENT)));

    assertEquals(202, answer.statusCode(), answer.body());
    assertTrue(answer.body().startsWith("{\"accepted\":2,"), answer.body());
    for (UUID id : others) {
      assertTrue(
          answer.body().contains("\"id\":\"" + id + "\",\"code\":\"not-your-student\""),
          answer.body());
    }
    Set<UUID> kept = KafkaRecords.resultIds(ingest.kafka());
    kept.retainAll(stored);
    assertEquals(own.stream().map(id -> EventId.of(STUDENT, id)).collect(toSet()), kept);
  }

  /** Nor by a name that only looks like that of the token. */
  @ParameterizedTest
  @ValueSource(strings = {"s-1 ", " s-1", "s-1\u200B", "s-1\uFE0F"})
  void aNameThatLooksLikeTheTokensIsRefused(String student) throws Exception {
    HttpResponse<String> answer =
        ingest.send(
            request(RESULTS, JsonEvents.result(UUID.randomUUID(), student, 50))
                .header("Authorization", "Bearer " + issuer.token(Role.LAPTOP, STUDENT)));
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"code\":\"identifier-invalid\""), answer.body());
  }

  @Test
  void onlyAnothersEventsAreNoRequest() throws Exception {
    String body = JsonEvents.activity(UUID.randomUUID(), "s-2");
    HttpResponse<String> answer =
        ingest.send(
            request("/v1/activity", body)
                .header("Authorization", "bearer " + issuer.token(Role.LAPTOP, STUDENT)));

    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("\"code\":\"all-rejected\""), answer.body());
    assertTrue(answer.body().contains("\"code\":\"not-your-student\""), answer.body());
  }

  /** It was verified once, and is remembered; its end is looked at each time. */
  @Test
  void aTokenIsWorthNothingOnceItExpires() throws Exception {
    Duration lifetime = Duration.ofSeconds(3);
    String token = issuer.token(Grant.of(Role.LAPTOP, STUDENT).lasting(lifetime));

    assertEquals(202, statusWith(token));
    assertEquals(202, statusWith(token));
    await().atMost(lifetime.plusSeconds(5)).until(() -> statusWith(token) == UNAUTHENTICATED);
  }

  /** It was verified and is remembered; an instance that starts later knows before it is ready. */
  @Test
  void aRevokedTokenIsRefusedByEveryInstanceWithinSeconds() throws Exception {
    JwtClaims claims = Grant.of(Role.LAPTOP, STUDENT).claims();
    String lost = issuer.sign(claims);
    assertEquals(202, statusWith(lost));

    revoke("--token-id", (String) claims.getClaimValue("jti"));

    await().atMost(SECONDS).until(() -> statusWith(lost) == UNAUTHENTICATED);
    assertEquals(202, statusWith(issuer.token(Role.LAPTOP, STUDENT)));
    try (RunningIngest later =
        RunningIngest.startOn(ingest.kafka(), folder.resolve("later"), settings())) {
      assertEquals(UNAUTHENTICATED, status(later, lost));
    }
  }

  @Test
  void aRevokedStudentGetsANewToken() throws Exception {
    Grant grant = Grant.of(Role.LAPTOP, STUDENT);
    List<String> lost = List.of(issuer.token(grant), issuer.token(grant));

    revoke("--subject", STUDENT);

    for (String token : lost) {
      await().atMost(SECONDS).until(() -> statusWith(token) == UNAUTHENTICATED);
    }
    await().atMost(SECONDS).until(() -> statusWith(issuer.token(grant)) == 202);
  }

  /** It was verified and is remembered. The first token of the new key waits for that key. */
  @Test
  void aTokenOfAWithdrawnKeyIsRefusedAndOneOfANewKeyCountsAtOnce() throws Exception {
    Issuer next = Issuer.in(folder.resolve("next"));
    String known = issuer.token(Role.LAPTOP, STUDENT);
    assertEquals(202, statusWith(known));
    assertEquals(UNAUTHENTICATED, statusWith(next.token(Role.LAPTOP, STUDENT)));
    KeyExchange exchange = KeyExchange.between(issuer, next);
    try {
      assertEquals(202, statusWith(next.token(Role.LAPTOP, STUDENT)));
      await().atMost(SECONDS).until(() -> statusWith(known) == UNAUTHENTICATED);
    } finally {
      exchange.close();
    }
    await().atMost(SECONDS).until(() -> statusWith(known) == 202);
  }

  @Test
  void whileTheIssuerIsAwayTokensOfItsKeysCountAndNoneIsCalledInvalid() throws Exception {
    Issuer next = Issuer.in(folder.resolve("unheard"));
    String unknown = next.token(Role.LAPTOP, STUDENT);
    KeyExchange outage = KeyExchange.outage(issuer);
    try {
      HttpResponse<String> answer = answer(ingest, unknown);
      assertEquals(503, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("\"code\":\"issuer-unavailable\""), answer.body());
      assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
      assertEquals(202, statusWith(issuer.token(Role.LAPTOP, STUDENT)));
    } finally {
      outage.close();
    }
    await().atMost(SECONDS).until(() -> statusWith(unknown) == UNAUTHENTICATED);
  }

  private static void revoke(String... what) {
    List<String> arguments = new ArrayList<>(List.of(what));
    arguments.addAll(List.of("--bootstrap-servers", ingest.kafka().bootstrapServers()));
    assertEquals(0, Revoke.command().execute(arguments.toArray(String[]::new)));
  }

  private static int statusWith(String token) throws Exception {
    return status(ingest, token);
  }

  private static int status(RunningIngest instance, String token) throws Exception {
    return answer(instance, token).statusCode();
  }

  private static HttpResponse<String> answer(RunningIngest instance, String token)
      throws Exception {
    String body = JsonEvents.result(UUID.randomUUID(), STUDENT, 50);
    return instance.send(
        instance
            .request(RESULTS, JSON, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token));
  }

  private static HttpRequest.Builder request(String path, String body) {
    return ingest.request(path, JSON, BodyPublishers.ofString(body));
  }
}
