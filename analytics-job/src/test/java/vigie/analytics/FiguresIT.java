// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import vigie.analytics.archive.EventTable;
import vigie.analytics.spark.SparkSessions;
import vigie.analytics.stream.Checkpoint;
import vigie.harness.LongForm;
import vigie.harness.Seed;
import vigie.harness.Tier;

class FiguresIT extends BenchFixture {

  private static final List<EventTable> TABLES = List.of(EventTable.values());
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final int COMMITS = Tier.count("vigie.figures.commits", 3, 6);
  private static final long SEED = Seed.of(FiguresIT.class);

  private final Random random = new Random(SEED);
  private final RandomExam exam = new RandomExam(SEED);

  @Test
  void incrementalEqualsRecomputed() throws Exception {
    exam.haveBrokersTime();
    int runs = Tier.count("vigie.runs", 1, 3);
    for (int run = 0; run < runs; run++) {
      try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
        int commits = 4 + random.nextInt(5);
        int stopAfter = random.nextInt(commits);
        for (int commit = 0; commit < commits; commit++) {
          appendSomewhere();
          if (commit == stopAfter) {
            await().atMost(PATIENCE).until(supervisor::isReady);
          }
        }
      }
    }
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  void aFirstCountOfABigArchiveThatIsKilledAnywhereCountsEachEventOnce() throws Exception {
    for (int commit = 0; commit < 2 * COMMITS; commit++) {
      appendSomewhere();
    }
    int kills = Tier.count("vigie.kills", 1, 2);
    for (int kill = 0; kill < kills; kill++) {
      CountDownLatch tasks = tasks(1 + random.nextInt(40));
      try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
        assertTrue(tasks.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), supervisor::says);
      }
      appendSomewhere();
    }
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      bench.assertPublished(exam);
      appendSomewhere();
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  void whatTheFirstCountFindsIsRememberedAsFarAsItMayBeSentAgainInTime() throws Exception {
    List<Map<String, Object>> old = exam.events(EventTable.RESULTS, 50);
    bench.archive.append(EventTable.RESULTS, old);
    bench.archive.date(EventTable.RESULTS, Instant.now().minus(Duration.ofHours(26)));
    List<Map<String, Object>> young = exam.events(EventTable.RESULTS, 50);
    bench.archive.append(EventTable.RESULTS, young);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.archive.append(EventTable.RESULTS, old);
      bench.archive.append(EventTable.RESULTS, young);
      bench.awaitPublished();
      Set<Object> forgotten = ids(old);
      forgotten.removeAll(ids(young));
      assertEquals(
          Integer.toString(2 * forgotten.size() + ids(young).size()),
          bench.ask("SELECT sum(n) FROM exercise_figures"));
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  void recomputedFiguresTakeThePlaceOfDamagedOnesAndTheDriverGoesOnFromThem() throws Exception {
    TABLES.forEach(table -> append(table, 50));
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
      assertTrue(bench.recompute(config, true).printed().contains("A driver publishes"));
    }
    String query = bench.ask("SELECT query_id FROM publication");
    bench.tell("UPDATE exercise_figures SET failures = failures + 1; DELETE FROM place_sums");
    Bench.Recomputed compared = bench.recompute(config, false);
    assertEquals(1, compared.code());
    assertTrue(compared.printed().contains("DIFFERENT exercise"), compared.printed());
    assertTrue(compared.printed().contains("DIFFERENT place"), compared.printed());

    assertEquals(0, bench.recompute(config, true).code());

    bench.assertPublished(exam);
    bench.assertNoDifference(config);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
      assertEquals(query, bench.ask("SELECT query_id FROM publication"));
      bench.assertPublished(exam);
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  void figuresAreThoseOfTheExamSinceTheLastOneThatWasClosed() throws Exception {
    exam.haveBrokersTime();
    TABLES.forEach(table -> append(table, 50));
    RandomExam next = new RandomExam(SEED + 1);
    next.haveBrokersTimeAfter(Duration.ofDays(10));
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      bench.assertPublished(exam);

      Instant end = RandomExam.BEGIN.plusDays(5).toInstant();
      bench.tell("INSERT INTO closed_exam VALUES ('spring', '%s')".formatted(end));
      await()
          .atMost(PATIENCE)
          .until(() -> bench.ask("SELECT count(*) FROM exercise_figures"), "0"::equals);
      TABLES.forEach(table -> bench.archive.append(table, next.events(table, 50)));
      bench.archive.append(EventTable.ALERTS, List.of(raisedAgain(end)));

      bench.awaitPublished();
      bench.assertPublished(next);
      bench.assertNoDifference(config);
      assertTrue(supervisor.isReady());
    } finally {
      bench.tell("DELETE FROM closed_exam");
    }
  }

  /** An alert of the exam that was closed, which no unit has claimed. */
  private Map<String, Object> raisedAgain(Instant end) {
    OffsetDateTime later = end.atOffset(ZoneOffset.UTC).plusMinutes(2);
    Map<String, Object> again =
        new HashMap<>(new RandomExam(SEED).events(EventTable.ALERTS, 1).get(0));
    again.put("appendedAt", later);
    again.put("escalatedAt", later);
    return again;
  }

  @Test
  void placesWithFewResultsAreNotShownBeforeTheyHaveMore() throws Exception {
    String tooSmall = "SELECT count(*) FROM %s WHERE greatest(n, failures) < 3";
    config = bench.config(Map.of("VIGIE_ANALYTICS_SMALLEST_CELL", "3"));
    append(EventTable.RESULTS, 200);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertNotEquals("0", bench.ask(tooSmall.formatted("place_sums")));
      assertEquals("0", bench.ask(tooSmall.formatted("place_figures")));
      long shown = Long.parseLong(bench.ask("SELECT count(*) FROM place_figures"));

      append(EventTable.RESULTS, 400);
      bench.awaitPublished();
      assertTrue(Long.parseLong(bench.ask("SELECT count(*) FROM place_figures")) > shown);
      assertEquals("0", bench.ask(tooSmall.formatted("place_figures")));
      bench.assertNoDifference(config);
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  void figuresOfAnIdleArchiveStayTrueToTheMinuteWithoutAnyWorkOfSpark() throws Exception {
    TABLES.forEach(bench.archive::appendNothing);
    int restarts = Tier.count("vigie.restarts", 1, 2);
    for (int run = 0; run < restarts; run++) {
      try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
        await().atMost(PATIENCE).until(supervisor::isReady);
        assertNull(bench.ask("SELECT as_of FROM publication"), "the archive declared nothing");
      }
    }
    Instant ten = Instant.parse("2026-01-01T10:00:00Z");
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      TABLES.forEach(table -> bench.archive.declareComplete(table, ten));
      awaitAsOf(ten);
      assertEquals("0", bench.ask("SELECT batch_id FROM publication"));
      AtomicInteger jobs = jobs();
      TABLES.forEach(table -> bench.archive.declareComplete(table, ten.plusSeconds(60)));
      awaitAsOf(ten.plusSeconds(60));
      // The archive of alerts is further behind than the others.
      bench.archive.declareComplete(EventTable.RESULTS, ten.plusSeconds(180));
      bench.archive.declareComplete(EventTable.ACTIVITY, ten.plusSeconds(180));
      bench.archive.declareComplete(EventTable.ALERTS, ten.plusSeconds(120));
      awaitAsOf(ten.plusSeconds(120));
      assertEquals("exam.alerts, partition 0", bench.ask("SELECT held_back_by FROM publication"));
      changeThresholds(ten.plusSeconds(240));
      assertEquals(0, jobs.get());
      assertEquals("0", bench.ask("SELECT batch_id FROM publication"));

      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
      bench.assertPublished(exam);
      assertTrue(supervisor.isReady());
    }
  }

  /** The changes of thresholds are archived up to {@code until}, all else for longer. */
  private void changeThresholds(Instant until) throws Exception {
    assertEquals("0", bench.ask("SELECT count(*) FROM exercise_thresholds"));
    bench.archive.makeThresholdChanges();
    bench.archive.changeThreshold("c-pointers", 2, null, until.minusSeconds(2));
    bench.archive.changeThreshold("c-pointers", 1, 40.0, until.minusSeconds(3));
    bench.archive.changeThreshold("c-arrays", 1, 0.0, until.minusSeconds(1));
    bench.archive.declareThresholdsComplete(until);
    TABLES.forEach(table -> bench.archive.declareComplete(table, until.plusSeconds(60)));
    awaitAsOf(until);
    assertEquals(
        "exam.threshold_changes, partition 0", bench.ask("SELECT held_back_by FROM publication"));
    assertEquals(
        "c-arrays 1 0, c-pointers 2 -",
        bench.ask(
            """
            SELECT string_agg(exercise_id || ' ' || version || ' ' || coalesce(threshold::text, '-'),
              ', ' ORDER BY exercise_id) FROM exercise_thresholds
            """));
    bench.archive.changeThreshold("c-pointers", 3, 50.0, until);
    bench.archive.declareThresholdsComplete(until.plusSeconds(60));
    awaitAsOf(until.plusSeconds(60));
    assertEquals("3", bench.ask("SELECT version FROM exercise_thresholds WHERE threshold = 50"));
  }

  @Test
  void noReaderEverSeesHalfABatch() throws Exception {
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      try (Reader reader = new Reader(bench.postgres, exam::hadAfterACommit)) {
        for (int commit = 0; commit < COMMITS; commit++) {
          append(EventTable.RESULTS, 400);
          bench.awaitPublished();
        }
        new Checkpoint(config.checkpoint(), SparkSession.active()).delete();
        append(EventTable.RESULTS, 400);
        bench.awaitPublished();
        int seen = reader.stop();
        assertTrue(seen > COMMITS / 2, "only " + seen + " publications were seen");
      }
    }
  }

  @Test
  void postgresqlGoneInMidBatchLosesNothing() throws Exception {
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      append(EventTable.RESULTS, 200);
      bench.postgres.kill();
      await().atMost(PATIENCE).until(() -> !supervisor.isReady());

      bench.postgres.restart();

      // The catalog of the archive was away, too: nothing could be archived meanwhile.
      append(EventTable.RESULTS, 200);
      bench.awaitPublished();
      bench.assertPublished(exam);
    }
  }

  /** As a dashboard-service that was taken over can fill it. */
  @Test
  void aFullQueueOfNotificationsStopsNoPublication() throws Exception {
    String fill =
        "DO $$ BEGIN FOR i IN 1..2000 LOOP PERFORM pg_notify('x', i || repeat('x', 7900));"
            + " END LOOP; END $$";
    try (RunningSupervisor supervisor = new RunningSupervisor(config);
        Connection listener = bench.postgres.connect()) {
      append(EventTable.RESULTS, 50);
      await().atMost(PATIENCE).until(supervisor::isReady);
      try (Statement statement = listener.createStatement()) {
        statement.execute("LISTEN x");
        // What it has not read stays in the queue for as long as this lasts.
        statement.execute("BEGIN");
        SQLException full = assertThrows(SQLException.class, () -> bench.tell(fill));
        assertTrue(full.getMessage().contains("too many notifications"), full::getMessage);

        append(EventTable.RESULTS, 50);

        bench.awaitPublished();
        bench.assertPublished(exam);
        assertTrue(supervisor.isReady());
      }
    }
  }

  @Test
  void twoDriversNeverBothPublish() throws Exception {
    append(EventTable.RESULTS, 50);
    try (RunningSupervisor first = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(first::isReady);
      String query = bench.ask("SELECT query_id FROM publication");
      try (RunningSupervisor second = new RunningSupervisor(bench.config())) {
        await().atMost(PATIENCE).until(() -> second.says().contains("another driver"));
        append(EventTable.RESULTS, 50);
        bench.awaitPublished();
        assertEquals(query, bench.ask("SELECT query_id FROM publication"));
        assertFalse(second.isReady());

        first.stop();

        await().atMost(PATIENCE).until(second::isReady);
        assertNotEquals(query, bench.ask("SELECT query_id FROM publication"));
        bench.awaitPublished();
        bench.assertPublished(exam);
      }
    }
  }

  @Test
  @LongForm
  void ofAHistoryThatWasCutNothingIsMissing() throws Exception {
    append(EventTable.RESULTS, 50);
    append(EventTable.RESULTS, 50);
    append(EventTable.ALERTS, 50);
    bench.archive.compact(EventTable.RESULTS);
    bench.archive.expire(EventTable.RESULTS);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
    }
  }

  private static Set<Object> ids(List<Map<String, Object>> events) {
    return events.stream().map(event -> event.get("id")).collect(Collectors.toSet());
  }

  /** Is at zero when so many more of Spark's tasks have ended. */
  private CountDownLatch tasks(int count) {
    CountDownLatch latch = new CountDownLatch(count);
    SparkSessions.open(config)
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd task) {
                latch.countDown();
              }
            });
    return latch;
  }

  /** Is told of each of Spark's jobs from now on. */
  private AtomicInteger jobs() {
    AtomicInteger jobs = new AtomicInteger();
    SparkSessions.open(config)
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart job) {
                jobs.incrementAndGet();
              }
            });
    return jobs;
  }

  private void awaitAsOf(Instant instant) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> bench.ask("SELECT as_of = '%s' FROM publication".formatted(instant)),
            "t"::equals);
  }

  private void appendSomewhere() {
    EventTable table = TABLES.get(random.nextInt(TABLES.size()));
    append(table, 1 + random.nextInt(300));
    if (random.nextInt(4) == 0) {
      bench.archive.compact(table);
    }
  }

  private void append(EventTable table, int size) {
    bench.archive.append(table, exam.events(table, size));
  }
}
