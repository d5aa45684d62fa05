// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures in PostgreSQL, which analytics-job publishes. */
record Figures(String url, String user, String password) {

  private static final String LAST_END = "SELECT max(ended_at) FROM closed_exam";

  /** Figures of before a closure that analytics-job has not seen yet are those of a former exam. */
  private static final String PUBLISHED =
      """
      SELECT EXISTS (
        SELECT FROM publication
        WHERE as_of >= ? AND counted_from IS NOT DISTINCT FROM (%s))
      """
          .formatted(LAST_END);

  private static final String END_OF = "SELECT ended_at FROM closed_exam WHERE name = ?";

  private static final String CLOSE = "INSERT INTO closed_exam (name, ended_at) VALUES (?, ?)";

  /** The name of each file, and what it holds; places that are too small stay hidden. */
  private static final Map<String, String> EXPORTED =
      Map.of(
          "exercises.csv",
          """
          SELECT exercise_id, n, score_sum, score_square_sum, not_passed, failures, students
          FROM exercise_figures LEFT JOIN exercise_students USING (exercise_id)
          ORDER BY exercise_id
          """,
          "minutes.csv",
          "SELECT * FROM minute_figures ORDER BY exercise_id, minute",
          "scores.csv",
          "SELECT * FROM score_figures ORDER BY exercise_id, decile",
          "places.csv",
          "SELECT * FROM place_figures ORDER BY exercise_id, resolution, cell",
          "activity.csv",
          "SELECT * FROM activity_figures ORDER BY page, type",
          "dwell.csv",
          "SELECT * FROM dwell_figures ORDER BY page, step");

  private static final String TOTALS =
      """
      SELECT as_of, pass_mark, smallest_cell,
        (SELECT coalesce(sum(n), 0) FROM exercise_figures) AS results,
        (SELECT coalesce(sum(failures), 0) FROM exercise_figures) AS failures,
        (SELECT coalesce(sum(n), 0) FROM activity_figures) AS activities,
        (SELECT min(minute) FROM minute_figures) AS first_minute,
        (SELECT max(minute) FROM minute_figures) AS last_minute
      FROM publication
      """;

  private static final String BY_EXERCISE =
      """
      SELECT exercise_id, n, CASE WHEN n > 0 THEN score_sum / n END AS mean, failures
      FROM exercise_figures ORDER BY exercise_id
      """;

  /** Of a closed exam. */
  Optional<Instant> endOf(String exam) throws SQLException {
    try (Connection database = connect();
        PreparedStatement end = database.prepareStatement(END_OF)) {
      end.setString(1, exam);
      try (ResultSet row = end.executeQuery()) {
        return row.next() ? Optional.of(instant(row)) : Optional.empty();
      }
    }
  }

  /** Of the last exam that was closed. */
  Optional<Instant> lastEnd() throws SQLException {
    try (Connection database = connect();
        Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(LAST_END)) {
      row.next();
      return row.getObject(1) == null ? Optional.empty() : Optional.of(instant(row));
    }
  }

  /** Whether the figures are those of the exam that is not closed, up to this instant at least. */
  boolean arePublished(Instant upTo) throws SQLException {
    try (Connection database = connect();
        PreparedStatement published = database.prepareStatement(PUBLISHED)) {
      published.setObject(1, upTo.atOffset(ZoneOffset.UTC));
      try (ResultSet row = published.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Writes all figures, as of one publication, into files of this folder. */
  ExamFigures export(Path folder) throws SQLException, IOException {
    try (Connection database = connect()) {
      database.setAutoCommit(false);
      database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = database.createStatement()) {
        for (Map.Entry<String, String> file : EXPORTED.entrySet()) {
          try (ResultSet rows = statement.executeQuery(file.getValue())) {
            Csv.write(rows, folder.resolve(file.getKey()));
          }
        }
        return figures(statement);
      }
    }
  }

  /** From now on figures are those of the next exam. */
  void close(String exam, Instant end) throws SQLException {
    try (Connection database = connect();
        PreparedStatement close = database.prepareStatement(CLOSE)) {
      close.setString(1, exam);
      close.setObject(2, end.atOffset(ZoneOffset.UTC));
      close.executeUpdate();
    }
  }

  private static ExamFigures figures(Statement statement) throws SQLException {
    List<ExamFigures.Exercise> exercises = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(BY_EXERCISE)) {
      while (row.next()) {
        exercises.add(
            new ExamFigures.Exercise(
                row.getString("exercise_id"),
                row.getLong("n"),
                row.getDouble("mean"),
                row.getLong("failures")));
      }
    }
    try (ResultSet row = statement.executeQuery(TOTALS)) {
      row.next();
      return new ExamFigures(
          row.getObject("as_of", OffsetDateTime.class).toInstant(),
          Optional.ofNullable(row.getObject("first_minute", OffsetDateTime.class)),
          Optional.ofNullable(row.getObject("last_minute", OffsetDateTime.class)),
          row.getLong("results"),
          row.getLong("failures"),
          row.getLong("activities"),
          exercises);
    }
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject(1, OffsetDateTime.class).toInstant();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }
}
