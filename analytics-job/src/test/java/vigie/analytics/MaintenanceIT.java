// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import vigie.analytics.archive.EventTable;
import vigie.analytics.driver.Health;
import vigie.analytics.driver.Metrics;
import vigie.analytics.erasure.ErasureScope;
import vigie.analytics.erasure.StudentErasure;
import vigie.analytics.maintenance.Maintenance;
import vigie.harness.LongForm;
import vigie.harness.Seed;
import vigie.harness.Tier;

class MaintenanceIT extends BenchFixture {

  private static final List<EventTable> TABLES = List.of(EventTable.values());
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What has no age is forgotten at once. */
  private static final Map<String, String> EAGER =
      Map.of("VIGIE_ANALYTICS_MAINTENANCE_SNAPSHOT_AGE", "1ms");

  private static final int COMMITS = Tier.count("vigie.commits", 3, 24);
  private static final int EXPIRED = Tier.count("vigie.expired", 8, 20);

  private final long seed = Seed.of(MaintenanceIT.class);
  private final Random random = new Random(seed);
  private final RandomExam exam = new RandomExam(seed);

  @Override
  Map<String, String> settings() {
    return EAGER;
  }

  @Test
  void neitherFiguresNorOffsetsMoveWhileTablesAreMaintainedBesideAWriter() throws Exception {
    TABLES.forEach(this::append);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int commit = 0; commit < COMMITS; commit++) {
                  append(TABLES.get(commit % TABLES.size()));
                }
              });
      do {
        List<String> failures = round(supervisor);
        assertTrue(failures.stream().allMatch(MaintenanceIT::isLostRace), failures::toString);
      } while (!writer.isDone());
      writer.join();
      bench.awaitPublished();
      assertEquals(List.of(), round(supervisor));

      assertTrue(supervisor.isReady());
      assertEquals("all done", supervisor.health.maintenance());
      TABLES.forEach(
          table -> {
            assertTrue(bench.archive.files(table) < 5, () -> table + " has small files");
            assertEquals(bench.archive.rows(table), bench.archive.nextOffset(table));
          });
    }
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      TABLES.forEach(this::append);
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  void theRowsOfACompactedFileLieInTheOrderOfTheTable() {
    for (int commit = 0; commit < 6; commit++) {
      append(EventTable.RESULTS);
    }
    List<Object> before = bench.archive.column(EventTable.RESULTS, "exerciseId");
    try (Maintenance maintenance = new Maintenance(config, new Health(), new Metrics())) {
      assertEquals(List.of(), maintenance.round());
    }
    assertEquals(1, bench.archive.files(EventTable.RESULTS));
    assertEquals(
        before.stream().sorted().toList(), bench.archive.column(EventTable.RESULTS, "exerciseId"));
  }

  @Test
  @LongForm
  void theCheckpointOutlivesExpiry() throws Exception {
    TABLES.forEach(this::append);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    String query = bench.ask("SELECT query_id FROM publication");
    for (int commit = 0; commit < EXPIRED; commit++) {
      append(TABLES.get(random.nextInt(TABLES.size())));
    }
    try (Maintenance maintenance = new Maintenance(config, new Health(), new Metrics())) {
      assertEquals(List.of(), maintenance.round());
    }
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    assertEquals(query, bench.ask("SELECT query_id FROM publication"));
    bench.assertPublished(exam);
    bench.assertNoDifference(config);
  }

  @Test
  void oldMinutesAreForgottenAndNothingThatComesLateBringsBackAPartOfThem() throws Exception {
    Instant middle = Instant.parse("2026-06-15T08:05:00Z");
    String old = "SELECT count(*) FROM minute_figures WHERE minute < '" + middle + "'";
    config =
        bench.config(
            Map.of(
                "VIGIE_ANALYTICS_MINUTES_AGE", Duration.between(middle, Instant.now()).toString()));
    bench.archive.append(EventTable.RESULTS, exam.events(EventTable.RESULTS, 100));
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertNotEquals("0", bench.ask(old));

      try (Maintenance maintenance =
          new Maintenance(config, supervisor.health, supervisor.metrics)) {
        assertEquals(List.of(), maintenance.roundWithFigures());
      }
      assertEquals("0", bench.ask(old));
      assertNotEquals("0", bench.ask("SELECT count(*) FROM minute_figures"));

      bench.archive.append(EventTable.RESULTS, exam.events(EventTable.RESULTS, 100));
      bench.awaitPublished();
      assertEquals("0", bench.ask(old));
      bench.assertNoDifference(config);
    } finally {
      // Else they would be forgotten in the tests to come too, which share the database.
      bench.tell("UPDATE publication SET minutes_since = NULL");
    }
  }

  @Test
  void anErasureWaitsForACompactionThatIsHeldBeforeItsCommit() throws Exception {
    for (int commit = 0; commit < 6; commit++) {
      append(EventTable.RESULTS);
    }
    long rows = bench.archive.rows(EventTable.RESULTS);
    // The commit is held for longer than an answer of PostgreSQL usually may take.
    String catalog = bench.postgres.catalog().url() + "?socketTimeout=" + PATIENCE.toSeconds();
    config = bench.config(Map.of("VIGIE_ANALYTICS_CATALOG_URL", catalog));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    CompletableFuture<Integer> erasure;
    CompletableFuture<List<String>> round;
    try (Connection holding = bench.catalog();
        Statement statement = holding.createStatement()) {
      holding.setAutoCommit(false);
      statement.execute("SELECT FROM iceberg_tables WHERE table_name = 'results' FOR UPDATE");
      try (Maintenance maintenance = new Maintenance(config, new Health(), new Metrics())) {
        round = CompletableFuture.supplyAsync(maintenance::round, MaintenanceIT::start);
        await().atMost(PATIENCE).until(this::aCommitWaits);
        erasure = CompletableFuture.supplyAsync(() -> eraseNobody(printed), MaintenanceIT::start);
        await()
            .atMost(PATIENCE)
            .until(() -> printed.toString(UTF_8).startsWith("Waiting for vigie-maintenance"));
        assertFalse(erasure.isDone());
        holding.rollback();
        assertEquals(List.of(), round.get());
      }
    }
    assertEquals(3, erasure.get(), () -> printed.toString(UTF_8));
    assertEquals(1, bench.archive.files(EventTable.RESULTS));
    assertEquals(rows, bench.archive.rows(EventTable.RESULTS));
  }

  /** The common pool of two processors runs one task at a time. */
  private static void start(Runnable task) {
    new Thread(task, "waits").start();
  }

  private boolean aCommitWaits() throws SQLException {
    try (Connection catalog = bench.catalog();
        Statement statement = catalog.createStatement();
        ResultSet waiting =
            statement.executeQuery(
                "SELECT FROM pg_stat_activity"
                    + " WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE iceberg_tables%'")) {
      return waiting.next();
    }
  }

  private int eraseNobody(ByteArrayOutputStream printed) {
    try {
      return new StudentErasure(config, new PrintStream(printed, true, UTF_8))
          .run(ErasureScope.student("nobody"));
    } catch (IOException | SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tablesAreMaintainedWhileTheDatabaseOfTheFiguresIsAway() {
    for (int commit = 0; commit < 6; commit++) {
      append(EventTable.RESULTS);
    }
    config =
        bench.config(
            Map.of(
                "VIGIE_ANALYTICS_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/vigie",
                "VIGIE_ANALYTICS_MAINTENANCE_INTERVAL", "100ms"));
    try (Maintenance maintenance = new Maintenance(config, new Health(), new Metrics())) {
      maintenance.start();
      await().atMost(PATIENCE).until(() -> bench.archive.files(EventTable.RESULTS) == 1);
    }
  }

  @Test
  void orphansAreRemovedAndYoungFilesKept() throws Exception {
    TABLES.forEach(this::append);
    Instant now = Instant.now();
    bench.archive.leave(EventTable.ALERTS, "old.parquet", now.minus(Duration.ofHours(25)));
    bench.archive.leave(EventTable.ALERTS, "young.parquet", now.minus(Duration.ofHours(23)));

    try (Maintenance maintenance = new Maintenance(config, new Health(), new Metrics())) {
      assertEquals(List.of(), maintenance.round());
    }
    assertFalse(bench.archive.has(EventTable.ALERTS, "old.parquet"));
    assertTrue(bench.archive.has(EventTable.ALERTS, "young.parquet"));
    TABLES.forEach(
        table -> assertEquals(bench.archive.rows(table), bench.archive.nextOffset(table)));
  }

  @Test
  void whatFailsIsCountedAndSaidAndTheRestIsDone() throws Exception {
    for (int commit = 0; commit < 6; commit++) {
      TABLES.forEach(this::append);
    }
    bench.archive.loseAFile(EventTable.ALERTS);
    Health health = new Health();
    Metrics metrics = new Metrics();
    health.published(0);
    try (Maintenance maintenance = new Maintenance(config, health, metrics)) {
      List<String> failures = maintenance.round();
      assertEquals(1, failures.size(), failures::toString);
      assertTrue(failures.get(0).startsWith("alerts, compaction: "), failures::toString);
      assertEquals("failed: " + failures.get(0), health.maintenance());
    }
    assertTrue(health.state().ready());
    assertTrue(
        metrics
            .text()
            .contains(
                "vigie_analytics_maintenance_failures_total{chore=\"compaction\",table=\"alerts\"}"
                    + " 1.0"),
        metrics.text());
    assertEquals(1, bench.archive.files(EventTable.RESULTS));
    assertEquals(1, bench.archive.files(EventTable.ACTIVITY));
  }

  /** A writer that merges manifests meanwhile is right; the next round tries again. */
  private static boolean isLostRace(String failure) {
    return failure.contains(", manifests: ValidationException: Deleted manifest");
  }

  private List<String> round(RunningSupervisor supervisor) {
    try (Maintenance maintenance = new Maintenance(config, supervisor.health, supervisor.metrics)) {
      return maintenance.round();
    }
  }

  private void append(EventTable table) {
    bench.archive.append(table, exam.events(table, 1 + random.nextInt(100)));
  }
}
