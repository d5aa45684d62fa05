// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.issuer.Forgery;
import vigie.issuer.Grant;
import vigie.issuer.Issuer;
import vigie.issuer.KeyExchange;
import vigie.issuer.Revoke;
import vigie.issuer.Role;
import vigie.patrol.PatrolConnection;

/**
 * Only an admin changes a threshold. Only a unit itself connects as that unit, and only where it
 * may be.
 */
class AccessIT {

  private static final String UNIT = "unit-1";
  private static final String PARIS = "48.8,2.2,48.9,2.5";
  private static final int SWITCHING = 101;
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;
  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static AlertStack stack;
  private static Issuer issuer;
  private static Staff staff;

  /** A request for {@code path}, and the status that it is refused with. */
  private record Attack(String name, int status, String path, List<String> headers) {

    static Attack forged(String name, String path, String token) {
      return new Attack(name, UNAUTHENTICATED, path, bearer(token));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    stack = AlertStack.shared();
    issuer = stack.issuer();
    staff = Staff.withoutToken(stack.one());
    assertEquals(200, staff.put("kept", 40, header(token(Role.ADMIN))).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/metrics", "/q/health", "/q/health/ready", "/q/health/group/hotspots"})
  void healthAndMetricsAreNotAtThePublicPort(String path) {
    assertEquals(404, staff.get(path).statusCode());
    assertEquals(404, staff.get(path, header(token(Role.ADMIN))).statusCode());
  }

  static Stream<Attack> changes() {
    String path = "/v1/thresholds/kept";
    List<Attack> attacks = new ArrayList<>();
    Forgery.tokens(issuer, Grant.of(Role.ADMIN, "eve"))
        .forEach((name, token) -> attacks.add(Attack.forged(name, path, token)));
    attacks.add(new Attack("no header", UNAUTHENTICATED, path, List.of()));
    attacks.add(new Attack("a name only", UNAUTHENTICATED, path, List.of("Vigie-User", "ada")));
    String admin = token(Role.ADMIN);
    attacks.add(
        new Attack("in the URL", UNAUTHENTICATED, path + "?access_token=" + admin, List.of()));
    attacks.add(
        new Attack("in a cookie", UNAUTHENTICATED, path, List.of("Cookie", "Bearer=" + admin)));
    for (Role role : List.of(Role.STAFF, Role.PATROL, Role.LAPTOP, Role.SERVICE)) {
      attacks.add(new Attack(role.group(), FORBIDDEN, path, bearer(token(role))));
    }
    return attacks.stream();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void nobodyElseChangesAThreshold(Attack attack) {
    String[] headers = attack.headers().toArray(String[]::new);
    String exercise = attack.path().substring("/v1/thresholds/".length());

    for (HttpResponse<String> answer :
        List.of(
            staff.put(exercise, 1, headers),
            staff.delete(exercise, headers),
            staff.load("exerciseId,threshold,version\nkept,1,\n", headers))) {
      assertRefused(attack.status(), answer);
    }

    HttpResponse<String> kept = staff.get("/v1/thresholds/kept", header(token(Role.STAFF)));
    assertEquals(40.0, Staff.json(kept).get("threshold").asDouble());
  }

  @ParameterizedTest
  @MethodSource("readers")
  void onlyStaffSeeThresholdsAndTheirAudit(Role role) {
    boolean may = role == Role.STAFF || role == Role.ADMIN;
    for (String path : List.of("/v1/thresholds", "/v1/thresholds/kept", "/v1/threshold-changes")) {
      HttpResponse<String> answer = staff.get(path, header(token(role)));
      if (may) {
        assertEquals(200, answer.statusCode(), answer.body());
      } else {
        assertRefused(FORBIDDEN, answer);
      }
      assertRefused(UNAUTHENTICATED, staff.get(path));
    }
  }

  static Role[] readers() {
    return Role.values();
  }

  @Test
  void everyChangeIsNotedWithWhoMadeIt() {
    staff.put("noted", 10, by("ada", "Vigie-User", "eve"));
    staff.put("noted", 20, by("grace", "If-Match", "\"1\""));
    staff.put("noted", 20, by("grace, again", "If-Match", "\"1\""));
    staff.put("noted", 30, by("late", "If-Match", "\"1\""));
    staff.delete("noted", by("bob"));

    JsonNode changes = changes("?limit=3");

    assertChange(changes.get(0), "bob", 3, null);
    assertChange(changes.get(1), "grace", 2, "20.0");
    assertChange(changes.get(2), "ada", 1, "10.0");
    String first = changes.get(0).get("id").asText();
    assertEquals(changes.get(1), changes("?limit=1&before=" + first).get(0));
  }

  static Stream<Attack> handshakes() {
    String path = path(UNIT, "");
    Grant patrol = Grant.of(Role.PATROL, UNIT);
    String unit = issuer.token(patrol);
    String bounded = issuer.token(patrol.within(PARIS));
    List<Attack> attacks = new ArrayList<>();
    Forgery.tokens(issuer, patrol)
        .forEach((name, token) -> attacks.add(Attack.forged(name, path, token)));
    attacks.add(new Attack("no token", UNAUTHENTICATED, path, List.of()));
    attacks.add(new Attack("in the URL", UNAUTHENTICATED, path(UNIT, "?token=" + unit), List.of()));
    attacks.add(new Attack("in a cookie", UNAUTHENTICATED, path, List.of("Cookie", "t=" + unit)));
    for (Role role : List.of(Role.STAFF, Role.ADMIN, Role.LAPTOP, Role.SERVICE)) {
      String token = issuer.token(role, UNIT);
      attacks.add(new Attack(role.group(), FORBIDDEN, path, bearer(token)));
    }
    for (String other :
        List.of("unit-2", "UNIT-1", "unit-1%20", "unit-10", "unit-2%2F..%2Funit-1")) {
      attacks.add(new Attack(other, FORBIDDEN, path(other, ""), bearer(unit)));
    }
    for (String wider :
        List.of(
            "48.8,2.2,48.9,2.6",
            "-90,-180,90,180",
            "48.8,2.5,48.9,2.2",
            "48.8,2.2,48.90000001,2.5",
            "43.2,5.3,43.4,5.5")) {
      attacks.add(
          new Attack("area " + wider, FORBIDDEN, path(UNIT, "?area=" + wider), bearer(bounded)));
    }
    attacks.add(
        new Attack(
            "two areas",
            FORBIDDEN,
            path(UNIT, "?area=-90,-180,90,180&area=" + PARIS),
            bearer(bounded)));
    attacks.add(
        new Attack(
            "an area that is none",
            FORBIDDEN,
            path,
            bearer(issuer.token(patrol.within("everywhere")))));
    attacks.add(
        new Attack(
            "another origin",
            FORBIDDEN,
            path,
            List.of("Authorization", "Bearer " + unit, "Origin", "https://x.example")));
    attacks.add(
        new Attack(
            "an opaque origin",
            FORBIDDEN,
            path,
            List.of("Authorization", "Bearer " + unit, "Origin", "null")));
    return attacks.stream();
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void nobodyElseIsAUnit(Attack attack) {
    assertEquals(attack.status(), handshake(attack.path(), attack.headers()));
  }

  /** The framework has answered before the upgrade is checked: a second answer wrote a stack. */
  @Test
  void forgedHandshakesFillNoLog() throws IOException {
    Collection<String> forged = Forgery.tokens(issuer, Grant.of(Role.PATROL, UNIT)).values();
    long before = warnings();
    for (int round = 0; round < 5; round++) {
      for (String token : forged) {
        assertEquals(UNAUTHENTICATED, handshake(path(UNIT, ""), bearer(token)));
      }
    }
    long lines = warnings() - before;
    assertTrue(lines <= 1, lines + " lines of the log for " + 5 * forged.size() + " handshakes");
  }

  private static long warnings() throws IOException {
    try (Stream<String> lines = Files.lines(stack.one().process().process().log())) {
      return lines.filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")).count();
    }
  }

  @Test
  void aUnitMayNarrowItsArea() {
    Grant grant = Grant.of(Role.PATROL, UNIT).within(PARIS);
    for (String area : List.of("", "?area=" + PARIS, "?area=48.81,2.3,48.89,2.4")) {
      assertEquals(SWITCHING, handshake(path(UNIT, area), bearer(issuer.token(grant))));
    }
  }

  /** What a browser can do: the token is one more subprotocol, in which a header is hidden. */
  @Test
  void aBrowserSendsItsTokenAsASubprotocol() {
    String unit = issuer.token(Role.PATROL, UNIT);
    assertEquals(SWITCHING, handshake(path(UNIT, ""), List.of(), carrying("Bearer " + unit)));
    assertEquals(
        UNAUTHENTICATED, handshake(path(UNIT, ""), List.of(), carrying("Bearer " + unit + "x")));
    assertEquals(FORBIDDEN, handshake(path("unit-2", ""), List.of(), carrying("Bearer " + unit)));
    List<String> elsewhere = List.of("Origin", "https://x.example");
    assertEquals(FORBIDDEN, handshake(path(UNIT, ""), elsewhere, carrying("Bearer " + unit)));
  }

  static Stream<String> carriers() {
    String token = issuer.token(Role.PATROL, UNIT);
    return Stream.of(
        "quarkus-http-upgrade",
        "quarkus-http-upgrade#Authorization",
        "quarkus-http-upgrade#Authorization#",
        "quarkus-http-upgrade#Authorization#Bearer%20",
        "quarkus-http-upgrade#Authorization#Bearer%2",
        "quarkus-http-upgrade#Authorization#Bearer%20" + token + "#x",
        "quarkus-http-upgrade#Authorization#Bearer%20" + token + "%0d%0aOrigin%3a%20x",
        "quarkus-http-upgrade#Origin#null",
        "quarkus-http-upgrade#Authorization#Bearer%20" + token + ", quarkus-http-upgrade#Via#x");
  }

  /** Quarkus would answer 500, and write a line of the log for each. */
  @ParameterizedTest
  @MethodSource("carriers")
  void aSubprotocolThatCarriesAnythingElseIsRefusedWithoutNoise(String carrier) throws IOException {
    Path log = stack.one().process().process().log();
    int before = Files.readString(log).length();
    assertEquals(400, upgrade(PatrolConnection.SUBPROTOCOL + ", " + carrier));
    assertEquals(400, upgrade(carrier));
    String news = Files.readString(log).substring(before);
    assertFalse(news.contains("ERROR"), news);
  }

  @Test
  void aUnitHasFewConnectionsAndTheOldestMakesRoom() {
    Optional<String> token = Optional.of(issuer.token(Role.PATROL, "crowded"));
    List<Device> devices = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        devices.add(new Device(stack.one(), "crowded", "", token));
        devices.get(i).first("hello");
      }
      devices.add(new Device(stack.two(), "crowded", "", token));
      devices.add(new Device(stack.one(), UNIT, "", Optional.of(issuer.token(Role.PATROL, UNIT))));

      assertEquals(4409, devices.get(0).closeCode());
      assertEquals(4409, devices.get(1).closeCode());
      for (Device open : devices.subList(2, devices.size())) {
        open.first("hello");
        open.say("nonsense");
        assertEquals(4400, open.closeCode());
      }
    } finally {
      devices.forEach(Device::close);
    }
  }

  @Test
  void aConnectionEndsWhenItsTokenDoes() {
    Grant grant = Grant.of(Role.PATROL, UNIT).lasting(Duration.ofSeconds(4));
    try (Device device = new Device(stack.one(), UNIT, "", Optional.of(issuer.token(grant)))) {
      assertNotNull(device.first("hello"));
      assertEquals(4401, device.closeCode());
    }
  }

  @Test
  void aRevokedTokenIsRefusedByEveryInstanceWithinSeconds() {
    JwtClaims claims = Grant.of(Role.STAFF, "grace").claims();
    String[] lost = header(issuer.sign(claims));
    String[] kept = header(issuer.token(Role.STAFF, "grace"));
    List<Staff> everywhere = List.of(staff, Staff.withoutToken(stack.two()));
    for (Staff instance : everywhere) {
      assertEquals(200, instance.get("/v1/thresholds", lost).statusCode());
    }

    revoke("--token-id", (String) claims.getClaimValue("jti"));

    for (Staff instance : everywhere) {
      await()
          .atMost(SECONDS)
          .until(() -> instance.get("/v1/thresholds", lost).statusCode() == UNAUTHENTICATED);
    }
    // What is known stands while Kafka says nothing.
    stack.kafka().freeze();
    try {
      for (Staff instance : everywhere) {
        assertRefused(UNAUTHENTICATED, instance.get("/v1/thresholds", lost));
        assertEquals(200, instance.get("/v1/thresholds", kept).statusCode());
      }
    } finally {
      stack.kafka().resume();
    }
  }

  @Test
  void theConnectionsOfARevokedUnitEndAndOthersGoOn() {
    String lost = issuer.token(Role.PATROL, "lost");
    Optional<String> again = Optional.of(issuer.token(Role.PATROL, "lost"));
    Optional<String> kept = Optional.of(issuer.token(Role.PATROL, "kept"));
    try (Device one = new Device(stack.one(), "lost", "", Optional.of(lost));
        Device two = new Device(stack.two(), "lost", "", again);
        Device other = new Device(stack.two(), "kept", "", kept)) {
      List.of(one, two, other).forEach(device -> device.first("hello"));

      revoke("--subject", "lost");

      assertEquals(4401, one.closeCode());
      assertEquals(4401, two.closeCode());
      assertEquals(UNAUTHENTICATED, handshake(path("lost", ""), bearer(lost)));
      int heard = other.frames("error").size();
      other.say("nonsense");
      await().atMost(SECONDS).until(() -> other.frames("error").size() > heard);
    }
  }

  @Test
  void whatAWithdrawnKeySignedEndsAndATokenOfANewKeyCountsAtOnce(@TempDir Path folder) {
    Issuer next = Issuer.in(folder);
    String known = issuer.token(Role.PATROL, "known");
    try (Device device = new Device(stack.one(), "known", "", Optional.of(known))) {
      device.first("hello");
      KeyExchange exchange = KeyExchange.between(issuer, next);
      try {
        String[] admin = header(next.token(Role.STAFF, "ada"));
        assertEquals(200, staff.get("/v1/thresholds", admin).statusCode());
        assertEquals(4401, device.closeCode());
        assertEquals(UNAUTHENTICATED, handshake(path("known", ""), bearer(known)));
      } finally {
        exchange.close();
      }
    }
    await().atMost(SECONDS).until(() -> handshake(path("known", ""), bearer(known)) == SWITCHING);
  }

  @Test
  void whileTheIssuerIsAwayTokensOfItsKeysCountAndNoneIsCalledInvalid(@TempDir Path folder) {
    Issuer other = Issuer.in(folder);
    String[] unknown = header(other.token(Role.STAFF, "ada"));
    KeyExchange outage = KeyExchange.outage(issuer);
    try {
      HttpResponse<String> answer = staff.get("/v1/thresholds", unknown);
      assertEquals(503, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("issuer-unavailable"), answer.body());
      assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
      assertEquals(503, handshake(path("u", ""), bearer(other.token(Role.PATROL, "u"))));
      assertEquals(SWITCHING, handshake(path("u", ""), bearer(issuer.token(Role.PATROL, "u"))));
    } finally {
      outage.close();
    }
    await()
        .atMost(SECONDS)
        .until(() -> staff.get("/v1/thresholds", unknown).statusCode() == UNAUTHENTICATED);
  }

  private static void revoke(String... what) {
    List<String> arguments = new ArrayList<>(List.of(what));
    arguments.addAll(List.of("--bootstrap-servers", stack.kafka().bootstrapServers()));
    assertEquals(0, Revoke.command().execute(arguments.toArray(String[]::new)));
  }

  private static JsonNode changes(String query) {
    HttpResponse<String> answer =
        staff.get("/v1/threshold-changes" + query, header(token(Role.STAFF)));
    return Staff.json(answer).get("changes");
  }

  private static void assertChange(JsonNode change, String who, int version, String threshold) {
    assertEquals("noted", change.get("exerciseId").asText());
    assertEquals(who, change.get("who").asText());
    assertEquals(version, change.get("version").asInt());
    assertEquals(threshold, change.has("threshold") ? change.get("threshold").asText() : null);
  }

  private static String[] by(String admin, String... others) {
    return Stream.concat(bearer(issuer.token(Role.ADMIN, admin)).stream(), Stream.of(others))
        .toArray(String[]::new);
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    String code = status == FORBIDDEN ? "forbidden" : "unauthenticated";
    assertEquals(code, Staff.json(answer).get("code").asText());
    assertEquals(
        status == UNAUTHENTICATED, answer.headers().firstValue("WWW-Authenticate").isPresent());
    assertTrue(
        answer.headers().firstValue("Content-Type").orElse("").contains("application/problem+json"),
        answer.headers().toString());
  }

  private static int handshake(String path, List<String> headers, String... subprotocols) {
    WebSocket.Builder builder =
        HTTP.newWebSocketBuilder().subprotocols(PatrolConnection.SUBPROTOCOL, subprotocols);
    for (int i = 0; i < headers.size(); i += 2) {
      builder.header(headers.get(i), headers.get(i + 1));
    }
    URI address = URI.create("ws://" + stack.one().address() + path);
    try {
      builder.buildAsync(address, new WebSocket.Listener() {}).join().abort();
      return SWITCHING;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  /** The status of a handshake with these subprotocols, which no client would send. */
  private static int upgrade(String subprotocols) throws IOException {
    String[] address = stack.one().address().split(":", 2);
    try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      socket.setSoTimeout((int) SECONDS.toMillis());
      String head =
          """
          GET %s HTTP/1.1
          Host: x
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Protocol: %s

          """
              .formatted(path(UNIT, ""), subprotocols);
      socket
          .getOutputStream()
          .write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return Integer.parseInt(
          new String(answer, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length()));
    }
  }

  private static String carrying(String authorization) {
    return URLEncoder.encode(
            "quarkus-http-upgrade#Authorization#" + authorization, StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private static String path(String unit, String query) {
    return "/v1/patrols/%s/alerts%s".formatted(unit, query);
  }

  private static String token(Role role) {
    return issuer.token(role, "ada");
  }

  private static List<String> bearer(String token) {
    return List.of("Authorization", "Bearer " + token);
  }

  private static String[] header(String token) {
    return bearer(token).toArray(String[]::new);
  }
}
