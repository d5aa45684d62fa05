// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.Hotspot;
import vigie.events.UndecodableEventException;
import vigie.harness.LongForm;
import vigie.issuer.Grant;
import vigie.issuer.Revoke;
import vigie.issuer.Role;
import vigie.stack.process.SettableClock;
import vigie.stack.redis.RedisTopology;

/**
 * Clocks that are wrong for a while. Once they are right again, all is as if nothing had been, and
 * nothing was lost meanwhile. The clocks of the service and of Redis are libfaketime's; a laptop
 * and the issuer tell their time in what they send. Without libfaketime the tests are skipped.
 */
@LongForm
@Order(AlertStack.OWN)
class ClocksIT {

  /** All has to be well again by then. */
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration ESCALATION = Duration.ofSeconds(3);
  private static final int RESULTS = 6;
  private static final int HOTSPOT = 5;

  private static final Map<String, String> SETTINGS =
      Map.of("VIGIE_ACCESS", "tokens", "VIGIE_ALERT_ESCALATION_AFTER", ESCALATION.toString());

  @TempDir private static Path folder;
  private static SettableClock judge;
  private static SettableClock redis;
  private static AlertStack stack;
  private static int cases;

  private final String exercise = "clocks-" + ++cases;
  private final String name = "unit-" + cases;
  private final List<String> raised = new ArrayList<>();

  /** By result, the alert that was claimed. */
  private final Map<String, UUID> claimed = new HashMap<>();

  /** Whose clock is wrong. */
  enum Clock {
    JUDGE,
    REDIS,
    LAPTOP,
    ISSUER
  }

  @BeforeAll
  static void start() {
    Optional<SettableClock> first = SettableClock.in(folder.resolve("judge"));
    assumeTrue(first.isPresent(), "libfaketime is not installed");
    judge = first.get();
    redis = SettableClock.in(folder.resolve("redis")).orElseThrow();
    Map<String, String> environment = new HashMap<>(SETTINGS);
    environment.putAll(judge.environment());
    stack = AlertStack.alone(RedisTopology.REPLICATION, redis.environment(), environment);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void onceThreeClocksAreRightAllIsAsIfNothingHadBeen() throws Exception {
    allIsAsIfNothingHadBeen(EnumSet.of(Clock.JUDGE, Clock.REDIS, Clock.LAPTOP), HOUR);
  }

  static Stream<Arguments> wrongClocks() {
    return Stream.of(Clock.values())
        .flatMap(
            clock ->
                Stream.of(HOUR, HOUR.negated(), DAY, DAY.negated())
                    .map(ahead -> Arguments.of(clock, ahead)));
  }

  @ParameterizedTest
  @MethodSource("wrongClocks")
  void onceAClockIsRightAllIsAsIfNothingHadBeen(Clock wrong, Duration ahead) throws Exception {
    allIsAsIfNothingHadBeen(EnumSet.of(wrong), ahead);
  }

  private void allIsAsIfNothingHadBeen(Set<Clock> wrong, Duration ahead) throws Exception {
    new Staff(stack.one()).set(exercise, 40);
    try (Laptops laptops = new Laptops(stack.kafka());
        TopicReader alerts = new TopicReader(stack.kafka(), "vigie.alerts");
        TopicReader reports = new TopicReader(stack.kafka(), "vigie.deployments");
        TopicReader hotspots = new TopicReader(stack.kafka(), "vigie.hotspots");
        Device unit = new Device(stack.one(), name, "?cursor=latest")) {
      unit.first("hello");
      if (wrong.size() == 1) {
        // What was raised before two clocks were set ahead is too old by both of them.
        send(laptops, Duration.ZERO, RESULTS);
      }

      set(wrong, ahead);
      try {
        Duration laptopAhead = wrong.contains(Clock.LAPTOP) ? ahead : Duration.ZERO;
        awaitJudgesClock(laptops, alerts, wrong.contains(Clock.JUDGE) ? ahead : Duration.ZERO);
        send(laptops, laptopAhead, RESULTS);
        claimNewest(unit);
        send(laptops, laptopAhead, RESULTS);
      } finally {
        set(wrong, Duration.ZERO);
      }
      long right = System.nanoTime();
      awaitJudgesClock(laptops, alerts, Duration.ZERO);
      send(laptops, Duration.ZERO, RESULTS);
      claimNewest(unit);
      failInOnePlace(laptops);

      raised.forEach(unit::awaitAlert);
      eventually(
          right, "each claim is reported", () -> reported(reports).containsAll(claimed.values()));
      eventually(
          right,
          "each alert that no unit claimed is raised again",
          () -> escalated(alerts).containsAll(unclaimed()));
      eventually(right, "failures in one place are counted", () -> isHotspot(hotspots));
      eventually(
          right, "it is ready", () -> new Staff(stack.one()).health("ready").statusCode() == 200);
      tokensCountAndAreRevoked(wrong.contains(Clock.ISSUER) ? ahead : Duration.ZERO);
      System.out.printf(
          "%s wrong by %s: %d alerts, %d claims; well again %.1f s after the correction%n",
          wrong, ahead, raised.size(), claimed.size(), (System.nanoTime() - right) / 1e9);
    }
  }

  private static void set(Set<Clock> wrong, Duration ahead) {
    if (wrong.contains(Clock.JUDGE)) {
      judge.set(ahead);
    }
    if (wrong.contains(Clock.REDIS)) {
      redis.set(ahead);
      try (Jedis primary = stack.redis().primary().connect()) {
        await()
            .atMost(20, SECONDS)
            .until(() -> isBy(ahead, Instant.ofEpochSecond(Long.parseLong(primary.time().get(0)))));
      }
    }
  }

  /** Returns once alerts are raised by this clock. */
  private void awaitJudgesClock(Laptops laptops, TopicReader alerts, Duration ahead) {
    await()
        .atMost(RECOVERY)
        .pollInterval(300, MILLISECONDS)
        .until(
            () -> {
              String event = send(laptops, Duration.ZERO, 1).get(0);
              return isBy(ahead, alert(alerts, event).getRaisedAt());
            });
  }

  private Alert alert(TopicReader alerts, String event) {
    return await()
        .atMost(RECOVERY)
        .until(
            () ->
                alerts.alertsNow(exercise).stream()
                    .filter(alert -> alert.getEventId().toString().equals(event))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static boolean isBy(Duration ahead, Instant told) {
    Duration off = Duration.between(Instant.now().plus(ahead), told).abs();
    return off.compareTo(HOUR.dividedBy(2)) < 0;
  }

  /** Sends results that fail, by a laptop whose clock is this far ahead. */
  private List<String> send(Laptops laptops, Duration ahead, int count) {
    List<ExerciseResult> results = IntStream.range(0, count).mapToObj(i -> result(ahead)).toList();
    List<String> ids =
        laptops.send(results).stream().map(result -> result.getId().toString()).toList();
    raised.addAll(ids);
    return ids;
  }

  private ExerciseResult result(Duration ahead) {
    ExerciseResult now = Laptops.result(exercise, 10);
    return ExerciseResult.newBuilder(now).setTimestamp(now.getTimestamp().plus(ahead)).build();
  }

  /** The failures of different students that make a hotspot, in a place of their own. */
  private void failInOnePlace(Laptops laptops) {
    List<ExerciseResult> results =
        IntStream.range(0, HOTSPOT)
            .mapToObj(i -> Laptops.result(exercise, 10, exercise + "-student-" + i))
            .map(
                result ->
                    ExerciseResult.newBuilder(result).setLatitude(48.85).setLongitude(2.35).build())
            .toList();
    laptops.send(results).forEach(result -> raised.add(result.getId().toString()));
  }

  /** Claims the alert of the newest result; what is unavailable may be asked for again. */
  private void claimNewest(Device unit) {
    String event = raised.get(raised.size() - 1);
    JsonNode frame = unit.awaitAlert(event);
    await()
        .atMost(20, SECONDS)
        .pollInterval(1, SECONDS)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              unit.claim(frame);
              await()
                  .atMost(5, SECONDS)
                  .until(() -> !unit.saidOf(frame, "claimed", "error").isEmpty());
              return !unit.saidOf(frame, "claimed").isEmpty();
            });
    claimed.put(event, UUID.fromString(frame.get("alert").get("id").asText()));
  }

  private List<String> unclaimed() {
    return raised.stream().filter(event -> !claimed.containsKey(event)).toList();
  }

  private static void eventually(long since, String what, Callable<Boolean> holds) {
    Duration left = RECOVERY.minusNanos(System.nanoTime() - since);
    await(what).atMost(left).until(holds);
  }

  private List<String> escalated(TopicReader alerts) {
    return alerts.alertsNow(exercise).stream()
        .filter(alert -> alert.getEscalatedAt() != null)
        .map(alert -> alert.getEventId().toString())
        .toList();
  }

  private static List<UUID> reported(TopicReader reports) {
    return reports.recordsNow().stream()
        .map(record -> decoded(EventCodec.of(DeploymentReport.class), record.value()))
        .map(DeploymentReport::getAlertId)
        .toList();
  }

  /** Whether a window that holds this moment has all failures of the place. */
  private boolean isHotspot(TopicReader hotspots) {
    return hotspots.recordsNow().stream()
        .map(record -> decoded(EventCodec.of(Hotspot.class), record.value()))
        .filter(hotspot -> hotspot.getExerciseId().equals(exercise))
        .filter(hotspot -> hotspot.getLatitude() > 48)
        .anyMatch(
            hotspot ->
                hotspot.getFailures() >= HOTSPOT && isBy(Duration.ZERO, hotspot.getWindowStart()));
  }

  private static <T extends SpecificRecordBase & SpecificRecord> T decoded(
      EventCodec<T> codec, byte[] value) {
    try {
      return codec.decode(value);
    } catch (UndecodableEventException e) {
      throw new AssertionError(e);
    }
  }

  /** Tokens that the issuer signs now count; all that a subject has can be revoked. */
  private void tokensCountAndAreRevoked(Duration ahead) {
    Staff staff = Staff.withoutToken(stack.one());
    JwtClaims claims = Grant.of(Role.STAFF, name).claims();
    shift(claims, ahead);
    String before = "Bearer " + stack.issuer().sign(claims);
    String now = "Bearer " + stack.issuer().token(Role.STAFF, name);
    assertEquals(200, staff.get("/v1/thresholds", "Authorization", now).statusCode());

    assertEquals(
        0,
        Revoke.command()
            .execute(
                "--subject",
                name,
                "--clock-ahead",
                (ahead.isNegative() ? Duration.ZERO : ahead).toString(),
                "--bootstrap-servers",
                stack.kafka().bootstrapServers()));

    for (String token : List.of(now, before)) {
      await("the token is refused")
          .atMost(5, SECONDS)
          .until(() -> staff.get("/v1/thresholds", "Authorization", token).statusCode() == 401);
    }
  }

  private static void shift(JwtClaims claims, Duration ahead) {
    claims.setIssuedAt(shifted(claims.getClaimValue("iat"), ahead));
    claims.setExpirationTime(shifted(claims.getClaimValue("exp"), ahead));
  }

  private static NumericDate shifted(Object seconds, Duration ahead) {
    return NumericDate.fromSeconds((long) seconds + ahead.toSeconds());
  }
}
