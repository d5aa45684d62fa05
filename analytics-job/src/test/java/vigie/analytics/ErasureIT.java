// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vigie.analytics.archive.ArchiveTables;
import vigie.analytics.archive.EventTable;
import vigie.analytics.driver.Health;
import vigie.analytics.driver.Metrics;
import vigie.analytics.erasure.ErasureScope;
import vigie.analytics.erasure.StudentErasure;
import vigie.analytics.erasure.TableErasure;
import vigie.analytics.maintenance.Maintenance;
import vigie.analytics.publish.AdvisoryLock;
import vigie.analytics.publish.Database;
import vigie.analytics.spark.SparkSessions;
import vigie.harness.LongForm;
import vigie.harness.Seed;

class ErasureIT extends BenchFixture {

  private static final String GONE = "s-gone-7f3a";
  private static final ErasureScope STUDENT = new ErasureScope.Student(GONE);

  /** The day of the exam. */
  private static final LocalDate DAY = LocalDate.parse("2026-06-15");

  private static final Instant MIDNIGHT = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
  private static final ErasureScope BEFORE = new ErasureScope.DaysBefore(DAY);

  private static final List<EventTable> TABLES = List.of(EventTable.values());
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The column by whose day each table of the archive is partitioned. */
  private static final Map<String, String> INSTANTS =
      Map.of(
          "results", "timestamp",
          "alerts", "occurredAt",
          "activity", "timestamp",
          "deployments", "claimedAt",
          "dead_letters", "sentAt");

  /** Neither the id, which may be derived from the student's, nor the place is left. */
  private static final String BLANK =
      """
      concat(id, '') = '00000000-0000-0000-0000-000000000000' AND studentId = '[forgotten]'
      AND exerciseId = '[forgotten]' AND latitude = 0 AND longitude = 0 AND score = 0
      """;

  private final long seed = Seed.of(ErasureIT.class);
  private final Random random = new Random(seed);
  private final RandomExam exam = new RandomExam(seed);

  /** Makes the events of students who will be forgotten, apart from those of the exam. */
  private final RandomExam own = new RandomExam(seed + 1);

  private Optional<OtherTables> others = Optional.empty();

  @AfterEach
  void dropOtherTables() {
    others.ifPresent(OtherTables::drop);
  }

  @Test
  void aStudentIsNowhereAfterwardsThoughTheArchiveIsWrittenAndPublished() throws Exception {
    makeOtherTables();
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      appendBoth(ErasureIT::ofTheStudent);
      bench.awaitPublished();
      String query = query();
      assertTrue(files().naming(GONE).size() > TABLES.size());

      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int commit = 0; commit < 12; commit++) {
                  append(TABLES.get(commit % TABLES.size()));
                }
              });
      String printed = forget(STUDENT, 0);
      writer.join();
      System.out.println(printed);

      assertEquals(List.of(), files().naming(GONE));
      String counted = query();
      assertNotEquals(query, counted);

      assertNotFound(forget(STUDENT, 3));
      assertEquals(counted, query());
      assertOthersAreLeft();
      await().atMost(PATIENCE).until(supervisor::isReady);
    }
    assertEquals("20", ask("SELECT count(*) FROM vigie.exam.results WHERE " + BLANK));
    assertEquals(
        "4",
        ask("SELECT count(*) FROM vigie.exam.dead_letters WHERE key IS NULL AND value IS NULL"));
  }

  @Test
  @LongForm
  void whereNoDriverPublishesTheNextOneCountsAnew() throws Exception {
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      appendBoth(ErasureIT::ofTheStudent);
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    String printed = forget(STUDENT, 1);
    assertTrue(printed.contains("count the student until a driver starts"), printed);
    assertEquals(List.of(), files().naming(GONE));
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      assertOthersAreLeft();
    }
    forget(STUDENT, 0);
  }

  @Test
  void whoIsNotAloneChangesNothingAndTheNextRunFinishesWhatOneThatWasKilledBegan()
      throws Exception {
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      appendBoth(ErasureIT::ofTheStudent);
      bench.awaitPublished();
      String query = query();
      try (Connection another = Database.of(config).connect()) {
        assertTrue(AdvisoryLock.FORGETTING.take(another));

        assertTrue(forget(STUDENT, 1).contains("already"));
      }
      assertTrue(files().naming(GONE).size() > TABLES.size());

      // As a run that is killed as soon as its rows are blank.
      try (ArchiveTables tables = new ArchiveTables(spark(), config)) {
        for (EventTable table : TABLES) {
          new TableErasure(spark(), tables.load(table.identifier()), table.path(), STUDENT).blank();
        }
      }
      assertEquals(query, query());
      forget(STUDENT, 0);
      assertNotEquals(query, query());
      assertEquals(List.of(), files().naming(GONE));
      assertOthersAreLeft();

      String counted = query();
      assertNotFound(forget(STUDENT, 3));
      assertEquals(counted, query());
      assertTrue(supervisor.isReady());
    }
  }

  @LongForm
  @Test
  void whatIsOlderThanTheDateIsForgottenAndTheRestStandsAndTheNextRunsFindWhatComesLateOnly()
      throws Exception {
    makeOtherTables();
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      appendBoth(this::ofThePast);
      bench.awaitPublished();
      assertTrue(files().naming("s-past").size() > TABLES.size());
      Set<String> young = dataFiles(">=");
      Map<String, List<Row>> places = places();

      String printed = forget(BEFORE, 0);
      System.out.println(printed);

      assertTrue(printed.matches("(?s).*\\Wresults +\\d+ +20 +0 +\\d+ +0 .*"), printed);
      assertEquals(List.of(), files().naming("s-past"));
      assertEquals(young, dataFiles(">="));
      assertEquals(places, places());
      String past = "SELECT count(*) FROM vigie.exam.results WHERE timestamp < '" + DAY + "'";
      assertEquals("20", ask(past));
      assertEquals("20", ask(past + " AND " + BLANK));

      String query = query();
      Set<String> blank = dataFiles("<");
      printed = forget(BEFORE, 0);
      assertFalse(printed.contains("counted again"), printed);
      assertEquals(query, query());
      assertEquals(blank, dataFiles("<"));

      // What comes late is forgotten by the next run, which leaves what is blank as it is.
      appendOwn(EventTable.RESULTS, 1, this::ofThePast);
      forget(BEFORE, 0);
      assertEquals(List.of(), files().naming("s-past"));
      Set<String> written = dataFiles("<");
      assertTrue(written.containsAll(blank));
      assertEquals(blank.size() + 1, written.size());
      assertOthersAreLeft();
      await().atMost(PATIENCE).until(supervisor::isReady);
    }
  }

  @Test
  void oldRowsGoByTheLaptopsDayAndNewOnesByTheBrokersAndBothAreCompacted() throws Exception {
    TABLES.forEach(this::append);
    appendOwn(EventTable.RESULTS, 20, event -> ofTheStudent(ofThePast(event)));
    bench.archive.partitionByAppendedAt(EventTable.RESULTS);
    appendOwn(EventTable.RESULTS, 20, event -> appended(ofThePast(event), MIDNIGHT));
    appendOwn(
        EventTable.RESULTS,
        20,
        event -> appended(ofTheStudent(event), MIDNIGHT.minus(1, ChronoUnit.MICROS)));
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    String printed = forget(BEFORE, 1);
    assertTrue(printed.matches("(?s).*\\Wresults +\\d+ +40 +0 .*"), printed);
    assertTrue(printed.contains("until a driver starts"), printed);
    assertEquals(List.of(), files().naming(GONE));
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      bench.assertNoDifference(config);
    }
    String results = "SELECT count(*) FROM vigie.exam.results WHERE ";
    assertEquals("20", ask(results + "studentId LIKE 's-past%'"));
    assertEquals("20", ask(results + BLANK + " AND appendedAt = '" + DAY.minusDays(1) + "'"));
    assertEquals("20", ask(results + BLANK + " AND appendedAt IS NULL"));

    for (int commit = 0; commit < 5; commit++) {
      appendOwn(EventTable.RESULTS, 1, event -> appended(event, MIDNIGHT));
    }
    try (Maintenance maintenance = new Maintenance(config, new Health(), new Metrics())) {
      assertEquals(List.of(), maintenance.round());
    }
    assertEquals(
        "1",
        ask(
            "SELECT count(DISTINCT _file) FROM vigie.exam.results WHERE appendedAt >= '"
                + DAY
                + "'"));
    assertEquals(
        bench.archive.nextOffset(EventTable.RESULTS), bench.archive.rows(EventTable.RESULTS));
  }

  private static Map<String, Object> appended(Map<String, Object> event, Instant then) {
    Map<String, Object> changed = new HashMap<>(event);
    changed.put("appendedAt", then.atOffset(ZoneOffset.UTC));
    return changed;
  }

  /** A name that is mistyped must not look like one that was forgotten. */
  private static void assertNotFound(String printed) {
    assertFalse(printed.contains("counted again"), printed);
    assertTrue(printed.contains("No row names the student " + GONE), printed);
  }

  /** Its batch was planned when the rows named the student, and is published when they do not. */
  @Test
  void aFirstCountThatWasPlannedBeforeIsNoProof() throws Exception {
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      appendBoth(ErasureIT::ofTheStudent);
      bench.awaitPublished();
      FutureTask<Void> erasure = new FutureTask<>(this::forgetUntilDone);
      try (Connection held = Database.of(config).connect();
          Statement statement = held.createStatement()) {
        held.setAutoCommit(false);
        statement.execute("UPDATE publication SET query_id = gen_random_uuid()");
        held.commit();
        statement.execute("SELECT * FROM publication FOR UPDATE");
        awaitBlocked("SELECT minutes_since FROM publication FOR UPDATE");
        new Thread(erasure, "erasure").start();
        awaitBlocked("UPDATE publication SET query_id");
        held.rollback();
      }
      erasure.get();
      bench.assertPublished(exam);
      assertOthersAreLeft();
      await().atMost(PATIENCE).until(supervisor::isReady);
    }
  }

  /** Until a statement that begins so waits for the row of the publication. */
  private void awaitBlocked(String statement) {
    String blocked =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%s%%'"
            .formatted(statement);
    await().atMost(PATIENCE).until(() -> bench.ask(blocked), "1"::equals);
  }

  private Void forgetUntilDone() throws Exception {
    int code = 1;
    while (code == 1) {
      code = new StudentErasure(config, System.out).run(STUDENT);
    }
    return null;
  }

  private void assertOthersAreLeft() throws Exception {
    TABLES.forEach(this::append);
    bench.awaitPublished();
    bench.assertPublished(exam);
    bench.assertNoDifference(config);
    TABLES.forEach(
        table -> {
          Set<Object> offsets = new HashSet<>(bench.archive.column(table, "kafkaOffset"));
          assertEquals(bench.archive.nextOffset(table), offsets.size());
          assertEquals(bench.archive.nextOffset(table), bench.archive.rows(table));
        });
  }

  private void appendBoth(UnaryOperator<Map<String, Object>> changed) {
    for (EventTable table : TABLES) {
      append(table);
      appendOwn(table, 20, changed);
      append(table);
      bench.archive.compact(table);
      append(table);
    }
    others.ifPresent(
        tables -> {
          tables.append(GONE, MIDNIGHT);
          tables.append("s-past-letters", MIDNIGHT.minus(1, ChronoUnit.MICROS));
        });
  }

  private void makeOtherTables() {
    OtherTables made = new OtherTables(spark());
    made.make();
    others = Optional.of(made);
  }

  private void append(EventTable table) {
    bench.archive.append(table, exam.events(table, 1 + random.nextInt(100)));
  }

  private void appendOwn(EventTable table, int events, UnaryOperator<Map<String, Object>> changed) {
    bench.archive.append(table, own.events(table, events).stream().map(changed).toList());
  }

  private static Map<String, Object> ofTheStudent(Map<String, Object> event) {
    Map<String, Object> changed = new HashMap<>(event);
    changed.put("studentId", GONE);
    return changed;
  }

  /** One to three days before the exam. */
  private Map<String, Object> ofThePast(Map<String, Object> event) {
    Map<String, Object> changed = new HashMap<>(event);
    changed.put("studentId", "s-past-" + random.nextInt(10));
    changed.replaceAll(
        (field, value) ->
            value instanceof OffsetDateTime then ? then.minusDays(1 + random.nextInt(3)) : value);
    return changed;
  }

  private String forget(ErasureScope scope, int code) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, UTF_8);
    int ended = new StudentErasure(config, out).run(scope);
    assertEquals(code, ended, () -> printed.toString(UTF_8));
    return printed.toString(UTF_8);
  }

  private ArchivedFiles files() throws Exception {
    return ArchivedFiles.under(config.warehouse());
  }

  /** Those of all tables with rows of the exam's day or later, or of days before. */
  private Set<String> dataFiles(String comparison) {
    Set<String> files = new HashSet<>();
    INSTANTS.forEach(
        (table, instant) ->
            rows("SELECT DISTINCT _file FROM vigie.exam.%s WHERE %s %s '%s'"
                    .formatted(table, instant, comparison, DAY))
                .forEach(row -> files.add(row.getString(0))));
    return files;
  }

  /** What stays of every row of each table: its offset, and its day. */
  private Map<String, List<Row>> places() {
    Map<String, List<Row>> places = new HashMap<>();
    INSTANTS.forEach(
        (table, instant) ->
            places.put(
                table,
                rows("SELECT kafkaOffset, CAST(%s AS DATE) FROM vigie.exam.%s ORDER BY 1"
                        .formatted(instant, table))
                    .toList()));
    return places;
  }

  private String query() throws Exception {
    return bench.ask("SELECT query_id FROM publication");
  }

  private String ask(String question) {
    return rows(question).findAny().map(row -> String.valueOf(row.get(0))).orElseThrow();
  }

  private Stream<Row> rows(String question) {
    return spark().sql(question).collectAsList().stream();
  }

  private SparkSession spark() {
    return SparkSessions.open(config);
  }
}
