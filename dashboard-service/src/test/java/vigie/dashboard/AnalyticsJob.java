// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import vigie.stack.postgres.PostgresServer;

/** Publishes as analytics-job does: into its own tables, all figures in one transaction. */
final class AnalyticsJob {

  static final List<String> EXERCISES =
      List.of("c-arrays", "c-files", "c-malloc", "c-pointers", "c-structs");

  /**
   * Batch {@code b} is as of this instant plus {@code b} seconds, after any at which evaluation was
   * late.
   */
  static final Instant START = Instant.parse("2100-01-01T08:00:00Z");

  private static final Path MIGRATIONS = Path.of("../config/postgresql");

  private final PostgresServer postgres;

  AnalyticsJob(PostgresServer postgres) {
    this.postgres = postgres;
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
        statement.execute(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Every exercise then has {@code batch} results, all scored 50, and as many failures as asked.
   */
  void publish(long batch, long failures) throws SQLException {
    publish(batch, failures, START.plusSeconds(batch));
  }

  void publish(long batch, long failures, Instant asOf) throws SQLException {
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      insert(connection, "delete from publication");
      insert(
          connection,
          "insert into publication(query_id, batch_id, as_of, held_back_by, batch_rows, pass_mark)"
              + " values (?, ?, ?, 'exam.alerts, partition 2', 1, 50)",
          new UUID(0, 1),
          batch,
          OffsetDateTime.ofInstant(asOf, ZoneOffset.UTC));
      for (String exercise : EXERCISES) {
        insert(
            connection,
            "insert into exercise_figures values (?, ?, ?, ?, ?) on conflict (exercise_id) do"
                + " update set n = excluded.n, score_sum = excluded.score_sum,"
                + " score_square_sum = excluded.score_square_sum, failures = excluded.failures",
            exercise,
            batch,
            batch * 50.0,
            batch * 2500.0,
            failures);
      }
      insert(connection, "notify vigie_publication, '%d'".formatted(batch));
      connection.commit();
    }
  }

  void place(String exercise, int resolution, String cell, double latitude, long n, long failures)
      throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(
          connection,
          "insert into place_figures values (?, ?, ?, ?, -1.5, ?, ?)",
          exercise,
          resolution,
          cell,
          latitude,
          n,
          failures);
    }
  }

  void score(String exercise, int decile, long n) throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(connection, "insert into score_figures values (?, ?, ?)", exercise, decile, n);
    }
  }

  void minute(String exercise, Instant minute, long n, double scoreSum, long failures)
      throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(
          connection,
          "insert into minute_figures values (?, ?, ?, ?, ?)",
          exercise,
          OffsetDateTime.ofInstant(minute, ZoneOffset.UTC),
          n,
          scoreSum,
          failures);
    }
  }

  /**
   * @param value null for a deletion
   */
  void threshold(String exercise, long version, Double value, Instant changedAt)
      throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(
          connection,
          "insert into exercise_thresholds values (?, ?, ?, ?)",
          exercise,
          version,
          value,
          OffsetDateTime.ofInstant(changedAt, ZoneOffset.UTC));
    }
  }

  void activity(String page, String type, long n, double millis) throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(connection, "insert into activity_figures values (?, ?, ?, ?)", page, type, n, millis);
    }
  }

  /** {@code n} students stayed on {@code page} for about 1.02 to the power of {@code step} ms. */
  void stays(String page, int step, long n) throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(connection, "insert into dwell_figures values (?, ?, ?)", page, step, n);
    }
  }

  /** An exercise with one result, whose score is 0. */
  void exercise(String exercise) throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(connection, "insert into exercise_figures values (?, 1, 0, 0, 0)", exercise);
    }
  }

  void remove(String... exercises) throws SQLException {
    try (Connection connection = postgres.connect()) {
      for (String exercise : exercises) {
        for (String table : List.of("exercise_figures", "minute_figures", "exercise_thresholds")) {
          insert(connection, "delete from %s where exercise_id = ?".formatted(table), exercise);
        }
      }
    }
  }

  /**
   * A laptop that sent one result of each of {@code n} exercises, and one view of as many pages.
   */
  void hostileLaptop(int n) throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(
          connection,
          "insert into exercise_figures select 'hostile-' || i, 1, 0, 0, 0"
              + " from generate_series(1, ?) i",
          n);
      insert(
          connection,
          "insert into activity_figures select 'hostile-' || i, 'PAGE_VIEW', 1, 0"
              + " from generate_series(1, ?) i",
          n);
    }
  }

  void forgetHostileLaptop() throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(connection, "delete from exercise_figures where exercise_id like 'hostile-%'");
      insert(connection, "delete from activity_figures where page like 'hostile-%'");
    }
  }

  /** How many students tried an exercise, and how many of its results are below the pass mark. */
  void students(String exercise, double students, long notPassed) throws SQLException {
    try (Connection connection = postgres.connect()) {
      insert(connection, "insert into exercise_students values (?, ?, '')", exercise, students);
      insert(
          connection,
          "update exercise_figures set not_passed = ? where exercise_id = ?",
          notPassed,
          exercise);
    }
  }

  private static void insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
