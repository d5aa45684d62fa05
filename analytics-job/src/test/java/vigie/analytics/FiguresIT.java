// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresIT {

  private static final List<EventTable> TABLES = List.of(EventTable.values());
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir static Path folder;
  private static Bench bench;

  private final long seed = Long.getLong("vigie.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RandomExam exam = new RandomExam(seed);
  private AnalyticsConfig config;

  @BeforeAll
  static void start() {
    bench = new Bench(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    SparkSession.active().stop();
    bench.close();
  }

  @BeforeEach
  void makeTables() {
    System.out.println("-Dvigie.seed=" + seed);
    config = bench.config();
    bench.archive.makeTables();
  }

  @AfterEach
  void dropTables() {
    bench.archive.dropTables();
  }

  @Test
  void incrementalEqualsRecomputed() throws Exception {
    for (int run = 0; run < 3; run++) {
      try (RunningDriver driver = new RunningDriver(config)) {
        int commits = 4 + random.nextInt(5);
        int stopAfter = random.nextInt(commits);
        for (int commit = 0; commit < commits; commit++) {
          appendSomewhere();
          if (commit == stopAfter) {
            await().atMost(PATIENCE).until(driver::isReady);
          }
        }
      }
    }
    try (RunningDriver driver = new RunningDriver(config)) {
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
      assertTrue(driver.isReady());
    }
  }

  @Test
  void aReplayedBatchChangesNothing() throws Exception {
    append(EventTable.RESULTS, 50);
    append(EventTable.ALERTS, 10);
    try (RunningDriver driver = new RunningDriver(config)) {
      bench.awaitPublished();
      assertTrue(driver.isReady());
    }
    String published = bench.ask("SELECT batch_id FROM publication");
    Checkpoint checkpoint = new Checkpoint(config.checkpoint(), Engine.open(config));
    forgetThatBatchesFrom(Long.parseLong(published), checkpoint);

    try (RunningDriver driver = new RunningDriver(config)) {
      await().atMost(PATIENCE).until(driver::isReady);
      bench.assertPublished(exam);
      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
    }
    bench.assertPublished(exam);
    bench.assertNoDifference(config);
  }

  @Test
  void aLostCheckpointCountsNothingTwice() throws Exception {
    append(EventTable.RESULTS, 50);
    append(EventTable.ACTIVITY, 50);
    try (RunningDriver driver = new RunningDriver(config)) {
      bench.awaitPublished();
      assertTrue(driver.isReady());
      String query = bench.ask("SELECT query_id FROM publication");
      append(EventTable.RESULTS, 50);

      new Checkpoint(config.checkpoint(), SparkSession.active()).delete();

      await()
          .atMost(PATIENCE)
          .until(() -> !bench.ask("SELECT query_id FROM publication").equals(query));
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
    }
  }

  @Test
  void figuresThatAreLostAreCountedAgain() throws Exception {
    append(EventTable.RESULTS, 50);
    try (RunningDriver driver = new RunningDriver(config)) {
      bench.awaitPublished();
      assertTrue(driver.isReady());
      String query = bench.ask("SELECT query_id FROM publication");

      bench.tell("UPDATE publication SET batch_id = batch_id - 2; DELETE FROM place_figures");

      await()
          .atMost(PATIENCE)
          .until(() -> !bench.ask("SELECT query_id FROM publication").equals(query));
      bench.awaitPublished();
      bench.assertNoDifference(config);
    }
  }

  @Test
  void figuresOfAnIdleArchiveStayTrueToTheMinute() throws Exception {
    TABLES.forEach(bench.archive::appendNothing);
    for (int run = 0; run < 2; run++) {
      try (RunningDriver driver = new RunningDriver(config)) {
        await().atMost(PATIENCE).until(driver::isReady);
        String asOf = bench.ask("SELECT as_of FROM publication");
        await()
            .atMost(PATIENCE)
            .until(() -> !bench.ask("SELECT as_of FROM publication").equals(asOf));
      }
    }
    try (RunningDriver driver = new RunningDriver(config)) {
      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
      bench.assertPublished(exam);
      assertTrue(driver.isReady());
    }
  }

  @Test
  void noReaderEverSeesHalfABatch() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (RunningDriver driver = new RunningDriver(config)) {
      await().atMost(PATIENCE).until(driver::isReady);
      CompletableFuture<Integer> seen = CompletableFuture.supplyAsync(() -> readUntil(done));
      for (int commit = 0; commit < 6; commit++) {
        bench.archive.append(EventTable.RESULTS, sameOfEach(200));
        bench.awaitPublished();
      }
      new Checkpoint(config.checkpoint(), SparkSession.active()).delete();
      bench.archive.append(EventTable.RESULTS, sameOfEach(200));
      bench.awaitPublished();
      done.set(true);
      assertTrue(seen.join() >= 4, "only " + seen.join() + " states were seen");
    }
  }

  @Test
  void postgresqlGoneInMidBatchLosesNothing() throws Exception {
    try (RunningDriver driver = new RunningDriver(config)) {
      await().atMost(PATIENCE).until(driver::isReady);
      append(EventTable.RESULTS, 200);
      bench.postgres.kill();
      append(EventTable.RESULTS, 200);
      await().atMost(PATIENCE).until(() -> !driver.isReady());

      bench.postgres.restart();

      bench.awaitPublished();
      bench.assertPublished(exam);
    }
  }

  @Test
  void twoDriversNeverBothPublish() throws Exception {
    append(EventTable.RESULTS, 50);
    try (RunningDriver first = new RunningDriver(config)) {
      await().atMost(PATIENCE).until(first::isReady);
      String query = bench.ask("SELECT query_id FROM publication");
      try (RunningDriver second = new RunningDriver(bench.config())) {
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
  void aHistoryThatWasCutIsNotCounted() throws Exception {
    append(EventTable.RESULTS, 50);
    append(EventTable.RESULTS, 50);
    bench.archive.expire(EventTable.RESULTS);
    try (RunningDriver driver = new RunningDriver(config)) {
      await()
          .atMost(PATIENCE)
          .until(() -> driver.says().contains("exam.results has lost its first snapshots"));
      assertFalse(driver.isReady());
    }
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

  /** Every state has as many results of one exercise as of the other, and in as many places. */
  private static int readUntil(AtomicBoolean done) {
    int states = 0;
    String before = "";
    try (Connection connection = bench.postgres.connect();
        Statement statement = connection.createStatement()) {
      while (!done.get()) {
        try (ResultSet row =
            statement.executeQuery(
                """
                SELECT
                  (SELECT coalesce(sum(n) FILTER (WHERE exercise_id = 'a'), 0) FROM exercise_figures),
                  (SELECT coalesce(sum(n) FILTER (WHERE exercise_id = 'b'), 0) FROM exercise_figures),
                  (SELECT coalesce(sum(n), 0) FROM place_figures WHERE resolution = 5),
                  (SELECT coalesce(sum(n), 0) FROM place_figures WHERE resolution = 7),
                  (SELECT coalesce(sum(n), 0) FROM minute_figures),
                  (SELECT coalesce(sum(n), 0) FROM score_figures),
                  (SELECT query_id || ' ' || batch_id FROM publication)
                """)) {
          row.next();
          long a = row.getLong(1);
          assertEquals(a, row.getLong(2));
          assertEquals(2 * a, row.getLong(3));
          assertEquals(2 * a, row.getLong(4));
          assertEquals(2 * a, row.getLong(5));
          assertEquals(2 * a, row.getLong(6));
          assertEquals(0, a % 200);
          if (!before.equals(row.getString(7))) {
            before = row.getString(7);
            states++;
          }
        }
      }
      return states;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Map<String, Object>> sameOfEach(int size) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (String exercise : List.of("a", "b")) {
      for (int i = 0; i < size; i++) {
        Map<String, Object> event = new HashMap<>();
        event.put("id", new UUID(random.nextLong(), random.nextLong()));
        event.put("exerciseId", exercise);
        event.put("latitude", 43 + random.nextDouble() * 5);
        event.put("longitude", random.nextDouble() * 5);
        event.put("score", random.nextDouble() * 100);
        event.put("studentId", "s");
        event.put("timestamp", OffsetDateTime.now(ZoneOffset.UTC));
        events.add(event);
      }
    }
    return events;
  }

  /** As if the driver had died after PostgreSQL's commit and before the checkpoint's. */
  private static void forgetThatBatchesFrom(long batchId, Checkpoint checkpoint) throws Exception {
    var commit = new org.apache.hadoop.fs.Path(checkpoint.folder(), "commits/" + batchId);
    var files = commit.getFileSystem(checkpoint.spark().sparkContext().hadoopConfiguration());
    files.delete(commit, false);
  }
}
