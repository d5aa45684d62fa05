// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vigie.analytics.archive.EventTable;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.recompute.Recompute;
import vigie.harness.Tier;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.postgres.CatalogDatabase;
import vigie.stack.postgres.PostgresServer;

/** A real HDFS with the tables of an exam, and a real PostgreSQL. */
final class Bench implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int SECONDS_TO_ANSWER = 10;

  /** A look loads tables, which takes the processor from the job that is waited for. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private static final String BY_EXERCISE =
      "SELECT exercise_id, n, score_sum, failures FROM exercise_figures";

  private static final String BY_MINUTE =
      """
      SELECT exercise_id || ' ' || CAST(extract(epoch FROM minute) AS bigint), n, score_sum, failures
      FROM minute_figures
      """;

  private static final String BY_DECILE =
      "SELECT exercise_id || ' ' || decile, n FROM score_figures";

  private static final String LONG_STAYS =
      """
      SELECT page, power(1.02, min(step)) FROM (
        SELECT page, step,
          sum(n) OVER (PARTITION BY page ORDER BY step) AS up_to,
          sum(n) OVER (PARTITION BY page) AS n
        FROM dwell_figures) AS stays
      WHERE up_to >= 0.95 * n
      GROUP BY page
      """;

  final HdfsCluster hdfs;
  final PostgresServer postgres;
  final ExamArchive archive;

  private Connection connection;

  Bench(Path folder) {
    if (Tier.current() == Tier.BOUNDED) {
      interpretQueries();
    }
    hdfs = HdfsCluster.startIn(folder.resolve("hdfs"));
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
    archive = new ExamArchive(warehouse(), postgres.catalog());
  }

  /**
   * Spark compiles the code of each query, which takes longer than a query on a few thousand
   * events. The jobs of AnalyticsJobIT and of the end-to-end tests have processes of their own and
   * compile.
   */
  private static void interpretQueries() {
    System.setProperty("spark.sql.codegen.wholeStage", "false");
    System.setProperty("spark.sql.codegen.factoryMode", "NO_CODEGEN");
  }

  /** With a checkpoint that no query has used. */
  AnalyticsConfig config() {
    return config(Map.of());
  }

  /** With a checkpoint that no query has used, and these settings besides. */
  AnalyticsConfig config(Map<String, String> own) {
    Map<String, String> environment = environment();
    environment.putAll(own);
    return AnalyticsConfig.from(environment);
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("VIGIE_ANALYTICS_WAREHOUSE", warehouse());
    environment.putAll(postgres.catalog().environment("VIGIE_ANALYTICS_CATALOG"));
    environment.put(
        "VIGIE_ANALYTICS_CHECKPOINT", hdfs.url() + "/vigie/checkpoints/" + UUID.randomUUID());
    environment.put("VIGIE_ANALYTICS_JDBC_URL", postgres.jdbcUrl());
    environment.put("VIGIE_ANALYTICS_DB_USER", PostgresServer.USER);
    environment.put("VIGIE_ANALYTICS_DB_PASSWORD", postgres.password());
    environment.put("VIGIE_ANALYTICS_INTERVAL", "500ms");
    environment.put("VIGIE_ANALYTICS_MASTER", "local[2]");
    environment.put("VIGIE_ANALYTICS_SHUFFLE_PARTITIONS", "1");
    environment.put("VIGIE_ANALYTICS_REPLICATION", "1");
    return environment;
  }

  /** Waits until every event that is archived now is in the figures. */
  void awaitPublished() {
    Map<EventTable, Long> archived = archive.versions();
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL_INTERVAL)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              Map<EventTable, Long> published = publishedSnapshots();
              archived.forEach(
                  (table, version) ->
                      assertTrue(archive.version(table, published.get(table)) >= version));
            });
  }

  void assertPublished(RandomExam exam) throws SQLException {
    assertSame(exam.byExercise(), BY_EXERCISE);
    assertSame(exam.byMinute(), BY_MINUTE);
    Map<String, Long> deciles = new TreeMap<>();
    read(BY_DECILE, row -> deciles.put(row.getString(1), row.getLong(2)));
    assertEquals(exam.byDecile(), deciles);
    Map<String, Long> notPassed = new TreeMap<>();
    read(
        "SELECT exercise_id, not_passed FROM exercise_figures",
        row -> notPassed.put(row.getString(1), row.getLong(2)));
    assertEquals(exam.notPassed(50), notPassed);
    assertNear(exam.students(), "SELECT exercise_id, students FROM exercise_students", 0.05);
    assertNear(exam.longStays(), LONG_STAYS, 0.01);
  }

  /** What is estimated may differ by this part of it. */
  private void assertNear(Map<String, ? extends Number> truth, String query, double part)
      throws SQLException {
    Map<String, Double> published = new TreeMap<>();
    read(query, row -> published.put(row.getString(1), row.getDouble(2)));
    assertEquals(truth.keySet(), published.keySet());
    truth.forEach(
        (key, exact) ->
            assertEquals(
                exact.doubleValue(), published.get(key), part * exact.doubleValue() + 0.5, key));
  }

  private void assertSame(Map<String, RandomExam.Truth> truth, String query) throws SQLException {
    Map<String, RandomExam.Truth> published = new TreeMap<>();
    read(
        query,
        row ->
            published.put(
                row.getString(1),
                new RandomExam.Truth(
                    row.getLong("n"), row.getDouble("score_sum"), row.getLong("failures"))));
    assertEquals(truth.keySet(), published.keySet());
    truth.forEach(
        (key, expected) -> {
          RandomExam.Truth actual = published.get(key);
          assertEquals(expected.n(), actual.n(), key);
          assertEquals(expected.failures(), actual.failures(), key);
          assertEquals(expected.scoreSum(), actual.scoreSum(), 1e-9 * expected.scoreSum(), key);
        });
  }

  void assertNoDifference(AnalyticsConfig config) throws SQLException {
    Recomputed recomputed = recompute(config, false);
    assertEquals(0, recomputed.code(), recomputed.printed());
  }

  /** How a computation from scratch ended, and what it said. */
  record Recomputed(int code, String printed) {}

  Recomputed recompute(AnalyticsConfig config, boolean swap) throws SQLException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int code = new Recompute(config, out).run(swap);
    return new Recomputed(code, printed.toString(StandardCharsets.UTF_8));
  }

  String ask(String question) throws SQLException {
    try (Statement statement = connection().createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next() ? answer.getString(1) : null;
    }
  }

  /** As before the first driver of all. */
  void emptyDatabase() throws SQLException {
    tell("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  void tell(String sql) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql);
    }
  }

  /** A session of the catalog's own role. */
  Connection catalog() throws SQLException {
    CatalogDatabase catalog = postgres.catalog();
    return DriverManager.getConnection(catalog.url(), catalog.user(), catalog.password());
  }

  /** Kept: to sign in takes longer than all that a wait asks. A killed server breaks it. */
  private synchronized Connection connection() throws SQLException {
    if (connection == null || !connection.isValid(SECONDS_TO_ANSWER)) {
      connection = postgres.connect();
    }
    return connection;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void read(String query, RowReader reader) throws SQLException {
    try (Statement statement = connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        reader.read(row);
      }
    }
  }

  /** SIGKILL: what they hold is of no use any more. */
  @Override
  public void close() throws IOException {
    archive.close();
    postgres.kill();
    hdfs.dataNode().kill();
    hdfs.nameNode().kill();
    hdfs.close();
  }

  private Map<EventTable, Long> publishedSnapshots() throws SQLException {
    try (Statement statement = connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM publication")) {
      Map<EventTable, Long> snapshots = new EnumMap<>(EventTable.class);
      row.next();
      for (EventTable table : EventTable.values()) {
        Long snapshot = row.getObject(table.lowerName() + "_snapshot", Long.class);
        if (snapshot != null) {
          snapshots.put(table, snapshot);
        }
      }
      return snapshots;
    }
  }

  private String warehouse() {
    return hdfs.url() + "/vigie/warehouse";
  }
}
