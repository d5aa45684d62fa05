// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBench.class)
class ForgetIT {

  private static final String STUDENT = "s-gone-7f3a";
  private static final List<EventTable> TABLES = List.of(EventTable.values());
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LETTERS = Engine.CATALOG + ".exam.dead_letters";

  /** Neither the id, which may be derived from the student's, nor the place is left. */
  private static final String BLANK =
      """
      concat(id, '') = '00000000-0000-0000-0000-000000000000' AND studentId = '[forgotten]'
      AND exerciseId = '[forgotten]' AND latitude = 0 AND longitude = 0 AND score = 0
      """;

  private static Bench bench;

  private final long seed = Long.getLong("vigie.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RandomExam exam = new RandomExam(seed);

  /** What the student does is none of the exam's. */
  private final RandomExam own = new RandomExam(seed + 1);

  private AnalyticsConfig config;

  @BeforeAll
  static void start(Bench shared) {
    bench = shared;
  }

  @BeforeEach
  void makeTables() {
    System.out.println("-Dvigie.seed=" + seed);
    config = bench.config();
    bench.archive.makeTables();
    spark().sql("CREATE TABLE %s (key BINARY, value BINARY, offset BIGINT)".formatted(LETTERS));
    spark()
        .sql(
            """
            INSERT INTO %1$s VALUES (CAST('%2$s' AS BINARY), X'00', 1), (NULL, NULL, 2),
              (NULL, CAST('{"studentId": "%2$s"}' AS BINARY), 3), (CAST('s-1' AS BINARY), X'01', 4)
            """
                .formatted(LETTERS, STUDENT));
  }

  @AfterEach
  void dropTables() {
    bench.archive.dropTables();
    spark().sql("DROP TABLE " + LETTERS + " PURGE");
  }

  @Test
  void aStudentIsNowhereAfterwardsThoughTheArchiveIsWrittenAndPublished() throws Exception {
    try (RunningDriver driver = new RunningDriver(config)) {
      appendBoth();
      bench.awaitPublished();
      String query = bench.ask("SELECT query_id FROM publication");
      assertTrue(ArchivedFiles.under(config.warehouse()).naming(STUDENT).size() > TABLES.size());

      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int commit = 0; commit < 12; commit++) {
                  append(TABLES.get(commit % TABLES.size()));
                }
              });
      String printed = forget(0);
      writer.join();
      System.out.println(printed);

      assertEquals(List.of(), ArchivedFiles.under(config.warehouse()).naming(STUDENT));
      assertNotEquals(query, bench.ask("SELECT query_id FROM publication"));
      assertOthersAreLeft();
      await().atMost(PATIENCE).until(driver::isReady);
    }
    assertEquals("20", ask("SELECT count(*) FROM vigie.exam.results WHERE " + BLANK));
    assertEquals("3", ask("SELECT count(*) FROM %s WHERE key IS NULL AND value IS NULL"));
    assertEquals("10", ask("SELECT sum(offset) FROM %s"));
  }

  @Test
  void whereNoDriverPublishesTheNextOneCountsAnew() throws Exception {
    try (RunningDriver driver = new RunningDriver(config)) {
      appendBoth();
      bench.awaitPublished();
      assertTrue(driver.isReady());
    }
    String printed = forget(1);
    assertTrue(printed.contains("count the student until a driver starts"), printed);
    assertEquals(List.of(), ArchivedFiles.under(config.warehouse()).naming(STUDENT));
    try (RunningDriver driver = new RunningDriver(config)) {
      await().atMost(PATIENCE).until(driver::isReady);
      assertOthersAreLeft();
    }
    forget(0);
  }

  private void assertOthersAreLeft() throws Exception {
    TABLES.forEach(this::append);
    bench.awaitPublished();
    bench.assertPublished(exam);
    bench.assertNoDifference(config);
    TABLES.forEach(
        table -> assertEquals(bench.archive.nextOffset(table), bench.archive.rows(table)));
  }

  private void appendBoth() {
    for (EventTable table : TABLES) {
      append(table);
      List<Map<String, Object>> events = own.events(table, 20);
      bench.archive.append(table, events.stream().map(ForgetIT::ofTheStudent).toList());
      append(table);
      bench.archive.compact(table);
      append(table);
    }
  }

  private static Map<String, Object> ofTheStudent(Map<String, Object> event) {
    return event.entrySet().stream()
        .filter(field -> field.getValue() != null)
        .collect(
            toMap(
                Map.Entry::getKey,
                field -> field.getKey().equals("studentId") ? STUDENT : field.getValue()));
  }

  private void append(EventTable table) {
    bench.archive.append(table, exam.events(table, 1 + random.nextInt(100)));
  }

  private String forget(int code) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, UTF_8);
    int ended = new Forget(config, out).run(STUDENT);
    assertEquals(code, ended, () -> printed.toString(UTF_8));
    return printed.toString(UTF_8);
  }

  private String ask(String question) {
    return String.valueOf(spark().sql(question.formatted(LETTERS)).head().get(0));
  }

  private SparkSession spark() {
    return Engine.open(config);
  }
}
