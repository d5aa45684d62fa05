// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.Hotspot;
import vigie.harness.Tier;
import vigie.issuer.Revoke;
import vigie.issuer.Role;

@ExtendWith(RunningDashboard.class)
class DashboardIT {

  private static final String ACTIVITY = "/v1/activity/summary";
  private static final String RATES = "/v1/exercises/success-rates";
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static final int PUBLICATIONS = Tier.count("vigie.publications", 40, 100);

  /** The states of the parts while only the dashboard runs. */
  private static final Set<Object> UNREACHABLE = Set.of("UNREACHABLE");

  private static DashboardStack stack;

  @BeforeAll
  static void start(DashboardStack shared) {
    stack = shared;
  }

  private static JsonPath json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = stack.get(path, JSON);
    assertEquals(200, answer.statusCode(), answer::body);
    return new JsonPath(answer.body());
  }

  private static int status(String path) throws IOException, InterruptedException {
    return stack.get(path, JSON).statusCode();
  }

  private static Alert alert(UUID id) {
    return Alert.newBuilder()
        .setId(id)
        .setEventId(UUID.randomUUID())
        .setStudentId("s-1")
        .setExerciseId("c-pointers")
        .setScore(12.5)
        .setThreshold(40)
        .setThresholdVersion(1)
        .setLatitude(48.85)
        .setLongitude(2.35)
        .setOccurredAt(Instant.now())
        .setRaisedAt(Instant.now())
        .build();
  }

  @Test
  void successRatesAreThoseOfOnePublication() throws Exception {
    long last = stack.publish() + PUBLICATIONS;
    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (stack.publish() < last) {}
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    Set<Object> seen = new HashSet<>();
    while (!publishing.isDone()) {
      JsonPath answer = json(RATES);
      Instant asOf = Instant.parse(answer.getString("asOf"));
      int batch = Math.toIntExact(asOf.getEpochSecond() - AnalyticsJob.START.getEpochSecond());
      List<Integer> counts = answer.getList("exercises.n");
      assertEquals(AnalyticsJob.EXERCISES.size(), counts.size());
      assertEquals(Set.of(batch), new HashSet<>(counts), () -> "Mixed: " + answer.prettify());
      seen.add(batch);
    }
    publishing.join();
    assertTrue(seen.size() > 5, () -> "Only the publications " + seen + " were seen");
    await().atMost(5, SECONDS).until(() -> json(RATES).getLong("exercises[0].n") == last);
  }

  @Test
  void anExerciseWithoutAThresholdHasNoRateAndZeroIsAThreshold() throws Exception {
    stack.analytics().exercise("no-threshold");
    stack.analytics().exercise("zero-threshold");
    stack.publish();
    String none = "exercises.find { it.exerciseId == 'no-threshold' }.";
    String zero = "exercises.find { it.exerciseId == 'zero-threshold' }.";
    try (AlertService alertService = new AlertService(stack.alertManagementPort())) {
      alertService.hasThresholds("zero-threshold");
      await()
          .atMost(20, SECONDS)
          .until(() -> "NO_THRESHOLD".equals(json(RATES).getString(none + "withheld")));
      JsonPath rates = json(RATES);
      assertNull(rates.get(none + "successRate"));
      assertNull(rates.get(none + "low"));
      assertNull(rates.get(none + "high"));
      assertEquals(0, rates.getDouble(none + "mean"));
      assertEquals(1, rates.getDouble(zero + "successRate"));
      assertNull(rates.get(zero + "withheld"));
      assertEquals("no-threshold", rates.getString("exercises[-1].exerciseId"));
      String sheet = stack.get(RATES, CSV).body();
      assertTrue(sheet.contains(",no-threshold,1,0.0,0.0,0,0,,,,,NO_THRESHOLD\r\n"), sheet);
    } finally {
      stack.analytics().remove("no-threshold", "zero-threshold");
    }
    await()
        .atMost(20, SECONDS)
        .until(() -> Set.copyOf(json("/v1/pipeline").getList("parts.state")), UNREACHABLE::equals);
  }

  @Test
  void whileEvaluationStandsStillNoExerciseHasARate() throws Exception {
    String late = "consumers.find { it.group == 'alert-judging' }?.late";
    stack.publish();
    stack.evaluated(0);
    await().atMost(20, SECONDS).until(() -> Boolean.FALSE.equals(json("/v1/pipeline").get(late)));
    assertNotNull(json(RATES).get("exercises[0].successRate"));
    stack.accept("result");
    try {
      await().atMost(20, SECONDS).until(() -> Boolean.TRUE.equals(json("/v1/pipeline").get(late)));
      JsonPath rates = json(RATES);
      assertEquals(Set.of("NOT_EVALUATED"), new HashSet<>(rates.getList("exercises.withheld")));
      assertNull(rates.get("exercises[0].successRate"));
      assertNotNull(rates.get("exercises[0].n"));
    } finally {
      stack.evaluated(1);
    }
    await().atMost(20, SECONDS).until(() -> Boolean.FALSE.equals(json("/v1/pipeline").get(late)));
    assertNotNull(json(RATES).get("exercises[0].successRate"));
  }

  @Test
  void aLaptopThatNamesManyExercisesAndPagesMakesNoAnswerLong() throws Exception {
    int names = 250_000;
    stack.analytics().hostileLaptop(names);
    try {
      long batch = stack.publish();
      await().atMost(20, SECONDS).until(() -> json(RATES).getLong("exercises[0].n") == batch);
      HttpResponse<String> rates = stack.get(RATES, JSON);
      assertTrue(rates.body().length() < 100_000, () -> rates.body().length() + " characters");
      JsonPath answer = new JsonPath(rates.body());
      assertTrue(answer.getList("exercises.exerciseId").containsAll(AnalyticsJob.EXERCISES));
      int listed = answer.getList("exercises").size();
      assertEquals(
          AnalyticsJob.EXERCISES.size() + names, listed + answer.getInt("others.exercises"));
      assertEquals(names - (listed - AnalyticsJob.EXERCISES.size()), answer.getInt("others.n"));

      HttpResponse<String> pages = stack.get(ACTIVITY, JSON);
      assertTrue(pages.body().length() < 100_000, () -> pages.body().length() + " characters");
      assertTrue(new JsonPath(pages.body()).getInt("others.pages") >= names - 50);
    } finally {
      stack.analytics().forgetHostileLaptop();
    }
  }

  @Test
  void aPublicationReachesAnOpenPage() throws Exception {
    try (LivePage page = stack.openPage()) {
      page.awaits(event -> event.startsWith("publication"));
      long batch = stack.publish();
      page.awaits(event -> event.equals("publication {\"batchId\":\"%d\"}".formatted(batch)));
      assertEquals(batch, json(RATES).getLong("exercises[0].n"));
    }
  }

  @Test
  void anAlertReachesTheFeed() throws Exception {
    UUID early = UUID.randomUUID();
    UUID late = UUID.randomUUID();
    try (LivePage page = stack.openPage()) {
      stack.raise(alert(early));
      page.awaits(event -> event.startsWith("alert") && event.contains(early.toString()));
      stack.spoil("no alert at all");
      stack.raise(alert(late));
      page.awaits(event -> event.startsWith("alert") && event.contains(late.toString()));
      assertEquals(1, page.count(event -> event.contains(early.toString())));
    }
    try (LivePage later = stack.openPage()) {
      later.awaits(event -> event.contains(early.toString()));
    }
  }

  @Test
  void anAlertThatAUnitClaimedIsShownAsClaimed() throws Exception {
    UUID id = UUID.randomUUID();
    try (LivePage page = stack.openPage()) {
      stack.raise(alert(id));
      page.awaits(event -> event.contains(id.toString()) && event.contains("\"claim\":null"));
      stack.report(
          DeploymentReport.newBuilder()
              .setId(UUID.randomUUID())
              .setAlertId(id)
              .setStudentId("s-1")
              .setExerciseId("c-pointers")
              .setScore(12.5)
              .setLatitude(48.85)
              .setLongitude(2.35)
              .setUnitId("unit-7")
              .setClaimedAt(Instant.now())
              .build());
      page.awaits(event -> event.contains(id.toString()) && event.contains("unit-7"));
    }
  }

  @Test
  void aHotspotReachesTheMap() throws Exception {
    Instant now = Instant.now();
    try (LivePage page = stack.openPage()) {
      stack.gather(new Hotspot("c-hot", "85", 48.85, 2.35, now.minusSeconds(300), now, 9L, 5L));
      page.awaits(event -> event.startsWith("hotspot") && event.contains("c-hot"));
    }
  }

  @Test
  void aStreamThatBrokeGoesOnAfterTheLastIdThatWasHeard() throws Exception {
    UUID heard = UUID.randomUUID();
    UUID missed = UUID.randomUUID();
    String lastId;
    try (LivePage page = stack.openPage()) {
      stack.raise(alert(heard));
      page.awaits(event -> event.contains(heard.toString()));
      lastId = page.lastId();
    }
    stack.raise(alert(missed));
    try (LivePage again = stack.reopenPage(lastId)) {
      again.awaits(event -> event.contains(missed.toString()));
      assertEquals(0, again.count(event -> event.contains(heard.toString())));
    }
  }

  @Test
  void whoHasAnAnswerIsNotSentItAgain() throws Exception {
    long batch = stack.publish();
    await().atMost(5, SECONDS).until(() -> json(RATES).getLong("exercises[0].n") == batch);
    String tag = stack.get(RATES, JSON).headers().firstValue("etag").orElseThrow();
    assertEquals(304, stack.getUnless(tag, RATES, JSON).statusCode());
    assertEquals("", stack.getUnless(tag, RATES, JSON).body());
    assertEquals(200, stack.getUnless(tag, RATES, CSV).statusCode());
    stack.publish();
    await()
        .atMost(5, SECONDS)
        .until(() -> stack.getUnless(tag, RATES, JSON).statusCode(), status -> status == 200);
  }

  @Test
  void itHealsWhenPostgresComesBack() throws Exception {
    stack.publish();
    try (LivePage page = stack.openPage()) {
      page.awaits(event -> event.startsWith("publication"));
      stack.postgres().kill();
      page.awaits(event -> event.startsWith("outage"));
      await().atMost(20, SECONDS).until(() -> !stack.isReady());
      HttpResponse<String> refusal = stack.get(RATES, JSON);
      assertEquals(503, refusal.statusCode());
      assertEquals("figures-unreachable", new JsonPath(refusal.body()).getString("code"));
      page.forgets();

      stack.postgres().restart();
      page.awaits(event -> event.startsWith("publication"));
      await().atMost(20, SECONDS).until(stack::isReady);
      long batch = stack.publish();
      page.awaits(event -> event.equals("publication {\"batchId\":\"%d\"}".formatted(batch)));
      assertEquals(200, status(RATES));
    }
  }

  @Test
  void aFrozenPostgresIsNoticedAndItsReturnToo() throws Exception {
    stack.publish();
    try (LivePage page = stack.openPage()) {
      page.awaits(event -> event.startsWith("publication"));
      stack.signalPostgres("STOP");
      try {
        page.awaits(event -> event.startsWith("outage"));
        page.forgets();
      } finally {
        stack.signalPostgres("CONT");
      }
      page.awaits(event -> event.startsWith("publication"));
      await().atMost(20, SECONDS).until(() -> status(RATES) == 200);
    }
  }

  @Test
  void placesComeMostFailuresFirstAndOnlyWhereThereAreAny() throws Exception {
    stack.analytics().place("c-arrays", 5, "a5", 48.0, 10, 2);
    stack.analytics().place("c-arrays", 5, "b5", 47.0, 10, 7);
    stack.analytics().place("c-arrays", 5, "c5", 46.0, 10, 0);
    stack.analytics().place("c-arrays", 7, "a7", 48.0, 10, 9);
    stack.publish();
    await()
        .atMost(5, SECONDS)
        .until(
            () ->
                json("/v1/exercises/c-arrays/failure-places")
                    .getList("places.cell")
                    .equals(List.of("b5", "a5")));
    JsonPath one = json("/v1/exercises/c-arrays/failure-places?limit=1");
    assertEquals(List.of("b5"), one.getList("places.cell"));
    assertEquals(47.0, one.getDouble("places[0].latitude"));
    assertEquals(
        List.of(9),
        json("/v1/exercises/c-arrays/failure-places?resolution=7").getList("places.failures"));
  }

  @Test
  void anExerciseIsShownByTenthOfTheScoreAndByMinute() throws Exception {
    Instant eight = Instant.parse("2026-06-15T08:00:00Z");
    stack.analytics().score("c-pointers", 9, 4);
    stack.analytics().score("c-pointers", 2, 3);
    stack.analytics().minute("c-pointers", eight.plusSeconds(60), 4, 300, 1);
    stack.analytics().minute("c-pointers", eight, 0, 0, 2);
    stack.publish();
    await()
        .atMost(5, SECONDS)
        .until(() -> json("/v1/exercises/c-pointers/scores").getList("scores.n").size() == 2);
    JsonPath scores = json("/v1/exercises/c-pointers/scores");
    assertEquals(List.of(20, 90), scores.getList("scores.from"));
    assertEquals(List.of(30, 100), scores.getList("scores.to"));
    assertEquals(List.of(3, 4), scores.getList("scores.n"));
    JsonPath minutes = json("/v1/exercises/c-pointers/minutes");
    assertEquals(eight, Instant.parse(minutes.getString("minutes[0].begin")));
    assertNull(minutes.getString("minutes[0].mean"));
    assertEquals(75, minutes.getDouble("minutes[1].mean"));
    assertEquals(List.of(2, 1), minutes.getList("minutes.failures"));
    String table = stack.get("/v1/exercises/c-pointers/minutes", CSV).body();
    assertTrue(table.contains(",c-pointers,2026-06-15T08:00:00Z,0,,2\r\n"), table);
    assertEquals(404, status("/v1/exercises/nope/scores"));
    assertEquals(404, status("/v1/exercises/nope/minutes"));
  }

  @Test
  void whatCannotBeAnsweredIsAProblem() throws Exception {
    stack.publish();
    assertEquals(404, stack.get("/v1/exercises/a%00b/failure-places", JSON).statusCode());
    HttpResponse<String> unknown = stack.get("/v1/exercises/nope/failure-places", JSON);
    assertEquals(404, unknown.statusCode());
    assertEquals("unknown-exercise", new JsonPath(unknown.body()).getString("code"));
    assertEquals(
        "application/problem+json", unknown.headers().firstValue("content-type").orElse(""));
    assertEquals(400, status("/v1/exercises/c-arrays/failure-places?limit=0"));
    assertEquals(400, status("/v1/exercises/c-arrays/failure-places?resolution=6"));
    assertEquals(404, status("/v1/nothing"));
  }

  @Test
  void everyFigureHasATableTwin() throws Exception {
    stack.analytics().activity("=page()", "DWELL", 2, 3000);
    stack.publish();
    String rates = stack.get(RATES, CSV).body();
    assertTrue(rates.startsWith("asOf,exerciseId,n,mean,"), rates);
    assertEquals(1 + AnalyticsJob.EXERCISES.size(), rates.lines().count());
    await()
        .atMost(5, SECONDS)
        .until(
            () -> stack.get(ACTIVITY, CSV).body(),
            text -> text.contains(",'=page(),DWELL,2,1500.0"));
    assertEquals(1500, json(ACTIVITY).getDouble("activity[0].meanDurationMillis"));
  }

  @Test
  void staysStudentsAndThePassMarkAreShownAsTheyWerePublished() throws Exception {
    stack.analytics().activity("/long", "DWELL", 100, 900_000);
    stack.analytics().stays("/long", 100, 94);
    stack.analytics().stays("/long", 300, 1);
    stack.analytics().stays("/long", 500, 5);
    stack.publish();
    stack.analytics().students("c-structs", 41.7, 3);
    stack.publish();
    String exercise = "exercises.find { it.exerciseId == 'c-structs' }.";
    String page = "activity.find { it.page == '/long' }.";
    await()
        .atMost(5, SECONDS)
        .until(
            () ->
                json(ACTIVITY).get(page + "p95DurationMillis") != null
                    && json(RATES).getLong(exercise + "notPassed") == 3);
    JsonPath activity = json(ACTIVITY);
    assertEquals(Math.pow(1.02, 100), activity.getDouble(page + "medianDurationMillis"), 0.01);
    assertEquals(Math.pow(1.02, 300), activity.getDouble(page + "p95DurationMillis"), 0.01);
    JsonPath rates = json(RATES);
    assertEquals(42, rates.getLong(exercise + "students"));
    assertEquals(3, rates.getLong(exercise + "notPassed"));
    assertEquals(50, rates.getDouble("passMark"));
  }

  @Test
  void thePipelineTellsTheAgeOfTheFigures() throws Exception {
    stack.publish();
    JsonPath pipeline = json("/v1/pipeline");
    assertTrue(pipeline.getLong("ageMillis") > 0);
    assertEquals(180_000, pipeline.getLong("staleAfterMillis"));
    assertNull(pipeline.getString("kafkaProblem"));
  }

  @Test
  void thePipelineTellsHowTopicsGrowAndWhichPartsAreAway() throws Exception {
    String topic = "topics.find { it.topic == 'vigie.alerts' }";
    stack.raise(alert(UUID.randomUUID()));
    long before = json("/v1/pipeline").getLong(topic + ".records");
    for (int i = 0; i < 20; i++) {
      stack.raise(alert(UUID.randomUUID()));
    }
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              JsonPath pipeline = json("/v1/pipeline");
              return pipeline.getLong(topic + ".records") == before + 20
                  && pipeline.getDouble(topic + ".perSecond") > 0;
            });
    assertEquals(
        List.of("ingest-service", "alert-service", "archive-service", "analytics-job"),
        json("/v1/pipeline").getList("parts.name"));
    assertEquals(UNREACHABLE, new HashSet<>(json("/v1/pipeline").getList("parts.state")));
  }

  @Test
  void theLiveStreamOfWhoeverIsRevokedEndsAndOthersGoOn() throws Exception {
    stack.publish();
    try (LivePage lost = stack.openPage(stack.issuer().token(Role.STAFF, "eve"));
        LivePage kept = stack.openPage()) {
      lost.awaits(event -> event.startsWith("publication"));

      CommandLine revoke = Revoke.command();
      String kafka = stack.kafka().bootstrapServers();
      assertEquals(0, revoke.execute("--subject", "eve", "--bootstrap-servers", kafka));

      lost.awaits("ended"::equals);
      long batch = stack.publish();
      kept.awaits(event -> event.contains(String.valueOf(batch)));
      assertEquals(0, kept.count("ended"::equals));
    }
  }

  @Test
  void everyPageMayTalkToAlertServiceAndToNobodyElse() throws Exception {
    String alertService = json("/v1/neighbours").getString("alertService");
    String allowed =
        "connect-src 'self' http://%1$s https://%1$s ws://%1$s wss://%1$s;".formatted(alertService);
    for (String path :
        List.of("/", "/exercises/c%2B%2B", "/pipeline", "/thresholds", "/patrol?unit=unit-1")) {
      HttpResponse<String> page = stack.get(path, "text/html");
      assertEquals(200, page.statusCode(), path);
      String policy = page.headers().firstValue("content-security-policy").orElse("");
      assertTrue(policy.contains(allowed), policy);
    }
  }

  @Test
  void thePageMayLoadNothingButWhatTheServiceServes() throws Exception {
    HttpResponse<String> page = stack.get("/", "text/html");
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("content-security-policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
    for (String file : List.of("/app/main.js", "/map/france.json", "/fonts/OFL.txt")) {
      assertEquals(200, status(file), file);
    }
  }
}
