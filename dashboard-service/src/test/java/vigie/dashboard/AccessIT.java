// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.issuer.Forgery;
import vigie.issuer.Grant;
import vigie.issuer.Issuer;
import vigie.issuer.KeyExchange;
import vigie.issuer.Role;
import vigie.stack.ports.Port;

/** Who is let in, and who is not. */
@ExtendWith(RunningDashboard.class)
class AccessIT {

  private static final String RATES = "/v1/exercises/success-rates";
  private static final Set<String> PUBLIC = Set.of("/v1/neighbours");
  private static DashboardStack stack;
  private static Gate gate;

  @BeforeAll
  static void start(DashboardStack shared) throws SQLException {
    stack = shared;
    gate = stack.gate();
    stack.publish();
  }

  @AfterAll
  static void noTokenIsInTheLog() throws IOException {
    assertFalse(stack.log().contains("eyJ"), "A token is in the log");
  }

  private static String token(Role role) {
    return stack.issuer().token(role, "ada");
  }

  /** All that the service says it answers, so that none that is added later is forgotten. */
  private static Set<String> guarded() throws Exception {
    String openApi = gate.get("/q/openapi?format=json", null).body();
    Set<String> paths = new HashSet<>();
    for (Object path : new JsonPath(openApi).getMap("paths").keySet()) {
      paths.add(path.toString().replace("{id}", "c-pointers"));
    }
    assertTrue(paths.containsAll(PUBLIC) && paths.contains(RATES), paths::toString);
    paths.removeAll(PUBLIC);
    return paths;
  }

  /** The server closes it: a connection that is kept would have this wait end in a time-out. */
  @Test
  void whoSendsHalfAHeadIsNotKept() throws Exception {
    assertEquals("", gate.raw("GET / HTTP/1.1\r\nHost: x\r\n"));
  }

  private static void assertUnauthenticated(HttpResponse<String> answer) {
    assertEquals(401, answer.statusCode(), answer::body);
    assertEquals("Bearer", answer.headers().firstValue("www-authenticate").orElse(""));
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElse(""));
    assertEquals("unauthenticated", new JsonPath(answer.body()).getString("code"));
  }

  @Test
  void noFigureIsShownWithoutAToken() throws Exception {
    for (String path : guarded()) {
      assertUnauthenticated(gate.get(path, null));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/metrics", "/q/health", "/q/health/ready", "/q/openapi/../metrics"})
  void healthAndMetricsAreNotAtThePublicPort(String path) throws Exception {
    assertEquals(404, gate.get(path, null).statusCode());
    assertEquals(404, gate.get(path, token(Role.ADMIN)).statusCode());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"STAFF", "ADMIN"},
      mode = Mode.EXCLUDE)
  void otherRolesSeeNothing(Role role) throws Exception {
    for (String path : guarded()) {
      HttpResponse<String> answer = gate.get(path, token(role));
      assertEquals(403, answer.statusCode(), path);
      assertEquals("forbidden", new JsonPath(answer.body()).getString("code"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STAFF", "ADMIN"})
  void staffAndAdminsAreLetIn(Role role) throws Exception {
    assertEquals(200, gate.get(RATES, token(role)).statusCode());
    assertEquals(200, gate.get("/v1/pipeline", token(role)).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/sign-in", "/thresholds", "/patrol", "/app/main.js", "/v1/neighbours"})
  void thePagesHoldNothingAndAreForEverybody(String path) throws Exception {
    assertEquals(200, gate.get(path, null).statusCode());
    assertEquals(200, gate.get(path, "nonsense").statusCode());
  }

  /** During an upgrade an instance is asked for the libraries of the next one. */
  @Test
  void onlyALibraryThatIsFoundIsKeptForGood() throws Exception {
    Matcher library = Pattern.compile("/_static/[^\"]+\\.js").matcher(gate.get("/", null).body());
    assertTrue(library.find());
    String found = library.group();
    assertEquals("public, immutable, max-age=31536000", caching(found, 200));
    assertEquals("no-store", caching(found.replaceFirst("\\d+\\.\\d+", "99.99"), 404));
    assertEquals("no-cache", caching("/app/main.js", 200));
    assertEquals("no-store", caching("/app/none.js", 404));
    assertEquals("no-store", caching("/v1/neighbours", 200));
    assertEquals("no-store", caching(RATES, 401));
  }

  private static String caching(String path, int status) throws Exception {
    HttpResponse<String> answer = gate.get(path, null);
    assertEquals(status, answer.statusCode(), path);
    assertEquals(List.of("nosniff"), answer.headers().allValues("x-content-type-options"));
    return String.join("|", answer.headers().allValues("cache-control"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a/b/c", "text/html, x"})
  void anAcceptThatNamesNoMediaTypesIsNotAcceptable(String accept) throws Exception {
    HttpRequest.Builder request =
        gate.request(RATES).header("Authorization", "Bearer " + token(Role.STAFF));
    assertEquals(406, gate.send(request.header("Accept", accept)).statusCode());
  }

  /** Prometheus would keep a series for each. */
  @Test
  void noAddressFromOutsideIsALabelOfAMetric() throws Exception {
    for (String path : List.of("/exercises/invented", "/v1/exercises/invented/none", "/invented")) {
      gate.get(path, null);
      gate.get(path, token(Role.STAFF));
    }
    HttpResponse<String> metrics = gate.send(gate.request(Port.DASHBOARD_MANAGEMENT, "/q/metrics"));
    assertEquals(200, metrics.statusCode());
    assertFalse(metrics.body().contains("invented"), metrics::body);
  }

  static Stream<Named<String>> forgeries() {
    return Forgery.tokens(stack.issuer(), Grant.of(Role.ADMIN, "eve")).entrySet().stream()
        .map(forged -> Named.of(forged.getKey(), forged.getValue()));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aForgedOrStaleTokenIsNone(String token) throws Exception {
    assertUnauthenticated(gate.get(RATES, token));
    assertUnauthenticated(gate.get("/v1/live", token));
  }

  @Test
  void aTokenIsTakenFromNowhereElse() throws Exception {
    String token = token(Role.STAFF);
    for (String name : List.of("access_token", "token", "bearer", "jwt")) {
      assertUnauthenticated(gate.get(RATES + "?" + name + "=" + token, null));
      assertUnauthenticated(gate.send(gate.request(RATES).header("Cookie", name + "=" + token)));
    }
    assertUnauthenticated(gate.send(gate.request(RATES).header("Authorization", "Basic " + token)));
    assertUnauthenticated(gate.send(gate.request(RATES).header("X-Token", token)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/../v1/pipeline",
        "//v1/pipeline",
        "/v1//pipeline",
        "/v1/pipeline/",
        "/v1;a=b/pipeline",
        "/v1/pipeline;a=b",
        "/v1/%70ipeline",
        "/%76%31/pipeline",
        "/app/../v1/pipeline",
        "/app/..%2fv1/pipeline",
        "/v1/neighbours/../pipeline",
        "/v1/neighbours;/../pipeline",
        "/V1/PIPELINE",
        "/v1/pipeline%00",
        "/v1/pipeline?/v1/neighbours"
      })
  void noWayOfWritingAPathLeadsAroundTheGate(String path) throws Exception {
    String status = gate.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertTrue(status.matches("HTTP/1.1 4\\d\\d"), status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override: OPTIONS", "X-Original-URL: /v1/neighbours"})
  void noHeaderLeadsAroundTheGate(String header) throws Exception {
    assertEquals(
        "HTTP/1.1 401", gate.raw("GET /v1/pipeline HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n"));
  }

  @Test
  void anOversizedTokenIsRefusedAndTheServiceGoesOn() throws Exception {
    String head = "GET /v1/pipeline HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n";
    String status = gate.raw(head.formatted("e".repeat(1 << 20)));
    assertTrue(status.matches("HTTP/1.1 4\\d\\d"), status);
    assertEquals(200, gate.get("/v1/pipeline", token(Role.STAFF)).statusCode());
  }

  @Test
  void theLiveStreamEndsWithItsToken() throws Exception {
    Grant soonOver = Grant.of(Role.STAFF, "ada").lasting(Duration.ofSeconds(2));
    HttpResponse<String> whole = gate.get("/v1/live", stack.issuer().token(soonOver));
    assertEquals(200, whole.statusCode());
    assertTrue(whole.body().contains("event:publication"), whole.body());
  }

  @Test
  void whatAWithdrawnKeySignedEndsAndATokenOfANewKeyCountsAtOnce(@TempDir Path folder)
      throws Exception {
    Issuer next = Issuer.in(folder);
    String known = token(Role.STAFF);
    try (LivePage open = stack.openPage(known)) {
      open.awaits(event -> event.startsWith("publication"));
      KeyExchange exchange = KeyExchange.between(stack.issuer(), next);
      try {
        assertEquals(200, gate.get(RATES, next.token(Role.STAFF, "ada")).statusCode());
        open.awaits("ended"::equals);
        assertUnauthenticated(gate.get(RATES, known));
      } finally {
        exchange.close();
      }
    }
    await().until(() -> gate.get(RATES, known).statusCode() == 200);
  }

  /** A page throws its token away at a 401, and keeps it at this. */
  @Test
  void whileTheIssuerIsAwayTokensOfItsKeysCountAndNoneIsCalledInvalid(@TempDir Path folder)
      throws Exception {
    String unknown = Issuer.in(folder).token(Role.STAFF, "ada");
    KeyExchange outage = KeyExchange.outage(stack.issuer());
    try {
      for (String path : guarded()) {
        HttpResponse<String> answer = gate.get(path, unknown);
        assertEquals(503, answer.statusCode(), answer::body);
        assertEquals("issuer-unavailable", new JsonPath(answer.body()).getString("code"));
        assertEquals("5", answer.headers().firstValue("retry-after").orElse(""));
      }
      assertEquals(200, gate.get(RATES, token(Role.STAFF)).statusCode());
    } finally {
      outage.close();
    }
    await().until(() -> gate.get(RATES, unknown).statusCode() == 401);
  }

  /**
   * It starts without Kafka and PostgreSQL, and tells the clients it lets in that they are away.
   */
  @Test
  void whoAsksForNoTokensSaysSo() throws Exception {
    try (OpenDashboard open = new OpenDashboard();
        LivePage page = open.openPage()) {
      for (String token : new String[] {null, "nonsense"}) {
        assertEquals(200, open.gate().get("/v1/pipeline", token).statusCode());
        assertEquals(503, open.gate().get(RATES, token).statusCode());
      }
      page.awaits(event -> event.startsWith("outage"));
      String neighbours = open.gate().get("/v1/neighbours", null).body();
      assertEquals("open", new JsonPath(neighbours).getString("access"));
      String log = open.log();
      assertTrue(log.contains("vigie.access=open"), log);
    }
  }
}
