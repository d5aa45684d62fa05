// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import vigie.harness.Tier;

/** Answers about what analytics-job has published. */
class PublishedFiguresIT extends DashboardFixture {

  private static final String ACTIVITY = "/v1/activity/summary";
  private static final String CSV = "text/csv";
  private static final int PUBLICATIONS = Tier.count("vigie.publications", 40, 100);

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
      assertTrue(sheet.contains(",no-threshold,1,0.0,0.0,0,0,,,,,NO_THRESHOLD,\r\n"), sheet);
    } finally {
      stack.analytics().remove("no-threshold", "zero-threshold");
    }
    await()
        .atMost(20, SECONDS)
        .until(() -> Set.copyOf(json("/v1/pipeline").getList("parts.state")), UNREACHABLE::equals);
  }

  @Test
  void whereResultsAreFromBeforeTheLastChangeOfTheThresholdTheRateSaysSoAndSinceWhen()
      throws Exception {
    Instant nine = Instant.parse("2026-06-15T09:00:00Z");
    List<String> exercises = List.of("changed", "deleted", "set-before", "never-set");
    for (String exercise : exercises) {
      stack.analytics().exercise(exercise);
      stack.analytics().minute(exercise, nine, 1, 0, 0);
    }
    stack.analytics().threshold("changed", 2, 40.0, nine.plusSeconds(90));
    stack.analytics().threshold("deleted", 3, null, nine.plusSeconds(90));
    stack.analytics().threshold("set-before", 1, 40.0, nine);
    stack.publish();
    String change = "exercises.find { it.exerciseId == '%s' }.thresholdChange";
    try {
      await()
          .atMost(20, SECONDS)
          .until(
              () -> json(RATES).getString(change.formatted("changed") + "?.at"),
              nine.plusSeconds(90).toString()::equals);
      JsonPath rates = json(RATES);
      assertEquals(40, rates.getDouble(change.formatted("changed") + ".threshold"));
      assertEquals(nine.plusSeconds(90).toString(), rates.get(change.formatted("deleted") + ".at"));
      assertNull(rates.get(change.formatted("deleted") + ".threshold"));
      assertNull(rates.get(change.formatted("set-before")));
      assertNull(rates.get(change.formatted("never-set")));
      String sheet = stack.get(RATES, CSV).body();
      assertTrue(sheet.contains(",2026-06-15T09:01:30Z\r\n"), sheet);
    } finally {
      stack.analytics().remove(exercises.toArray(String[]::new));
    }
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
    Instant evaluated = Instant.now();
    await().atMost(20, SECONDS).until(() -> Boolean.FALSE.equals(json("/v1/pipeline").get(late)));
    assertNotNull(json(RATES).get("exercises[0].successRate"));

    // The alerts of what waited may not be in these figures yet.
    stack.publishAsOf(evaluated.minusSeconds(1));
    await()
        .atMost(20, SECONDS)
        .until(() -> "NOT_EVALUATED".equals(json(RATES).get("exercises[0].withheld")));
    stack.publish();
    await().atMost(20, SECONDS).until(() -> json(RATES).get("exercises[0].successRate") != null);
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

      JsonPath page = json(RATES + "?offset=1&limit=2");
      assertEquals(
          answer.getList("exercises.exerciseId").subList(1, 3),
          page.getList("exercises.exerciseId"));
      assertEquals(answer.getInt("others.exercises") + listed - 2, page.getInt("others.exercises"));

      // On a busy machine the query of so many pages may reach its timeout: 503, and one asks
      // again.
      HttpResponse<String> pages =
          await()
              .atMost(20, SECONDS)
              .until(() -> stack.get(ACTIVITY, JSON), answered -> answered.statusCode() == 200);
      assertTrue(pages.body().length() < 100_000, () -> pages.body().length() + " characters");
      assertTrue(new JsonPath(pages.body()).getInt("others.pages") >= names - 50);
    } finally {
      stack.analytics().forgetHostileLaptop();
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
    assertEquals(400, status(RATES + "?limit=0"));
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
}
