// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import vigie.stack.postgres.PostgresServer;

/**
 * Publishes as analytics-job does, all figures in one transaction that ends with a notification,
 * and reads PostgreSQL's own count of how often publications were looked at.
 */
final class Publisher implements AutoCloseable {

  /** Its figure {@code n} is the number of the publication. */
  static final String WATCHED = "c-exercise-00";

  private static final int EXERCISES = 20;
  private static final int PLACES = 500;
  private static final int PAGES = 12;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Path MIGRATIONS = Path.of("config/postgresql");

  private final PostgresServer postgres;
  private Connection connection;
  private final Random random;
  private long number;

  Publisher(PostgresServer postgres, long seed) throws SQLException, IOException {
    this.postgres = postgres;
    connection = postgres.connect();
    random = new Random(seed);
    try (Statement statement = connection.createStatement();
        Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
        statement.execute(Files.readString(file));
      }
    }
    connection.setAutoCommit(false);
    for (int exercise = 0; exercise < EXERCISES; exercise++) {
      String id = "c-exercise-%02d".formatted(exercise);
      exercise(id);
      places(id, 5, PLACES);
      for (int minute = 0; minute < 120; minute++) {
        execute(
            "insert into minute_figures values (?, now() - ? * interval '1 minute', 50, 2500, 9)",
            id,
            minute);
      }
    }
    for (int page = 0; page < PAGES; page++) {
      for (String type : List.of("PAGE_VIEW", "CLICK", "DWELL")) {
        execute("insert into activity_figures values (?, ?, 0, 0)", "/page-" + page, type);
      }
    }
    connection.commit();
  }

  /** An exercise that has results. */
  void exercise(String id) throws SQLException {
    execute("insert into exercise_figures values (?, 1, 50, 2500, 0)", id);
    connection.commit();
  }

  /** Places all over France where {@code exercise} was failed. */
  void places(String exercise, int resolution, int count) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into place_figures values (?, ?, ?, ?, ?, ?, ?)")) {
      for (int place = 0; place < count; place++) {
        int failures = 1 + (int) Math.abs(random.nextGaussian() * 20);
        insert.setString(1, exercise);
        insert.setInt(2, resolution);
        insert.setString(3, "8%d%07x%05x".formatted(resolution, place, random.nextInt(1 << 20)));
        insert.setDouble(4, 43 + 7.5 * random.nextDouble());
        insert.setDouble(5, -1 + 8 * random.nextDouble());
        insert.setLong(6, failures + random.nextInt(200));
        insert.setLong(7, failures);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
  }

  /**
   * Publishes the next figures.
   *
   * @return when they began to become visible, milliseconds of the clock that browsers show
   */
  long publish() throws SQLException {
    number++;
    execute(
        """
        insert into publication(query_id, batch_id, as_of, batch_rows) values (?, ?, now(), 1)
        on conflict (only_row) do update
        set batch_id = excluded.batch_id, as_of = excluded.as_of, published_at = now()\
        """,
        new UUID(0, 1),
        number);
    execute(
        "update exercise_figures set n = ?, score_sum = ? * 50, score_square_sum = ? * 2700,"
            + " failures = ? / 4",
        number,
        number,
        number,
        number);
    execute("update place_figures set n = n + 1 where resolution = 5");
    execute("update activity_figures set n = n + 3");
    execute("select pg_notify('vigie_publication', ?)", Long.toString(number));
    long now = System.currentTimeMillis();
    connection.commit();
    return now;
  }

  /** After PostgreSQL was away. */
  void reconnect() throws SQLException {
    connection = postgres.connect();
    connection.setAutoCommit(false);
  }

  long number() {
    return number;
  }

  /**
   * How many statements have looked at the newest publication, which each answer's one statement
   * does; the statements here do not. A session tells what it has done when it has rested for ten
   * seconds, at the latest: waits until all that looked have.
   */
  long looks() throws SQLException {
    await().atMost(TIMEOUT).pollInterval(POLL).until(this::allThatLookedRest);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select seq_scan + coalesce(idx_scan, 0) from pg_stat_user_tables"
                    + " where relname = 'publication'")) {
      row.next();
      return row.getLong(1);
    } finally {
      connection.commit();
    }
  }

  private boolean allThatLookedRest() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(bool_and(state = 'idle'"
                    + " and clock_timestamp() - state_change > interval '10.5 seconds'), true)"
                    + " from pg_stat_activity where query like '%from publication%'"
                    + " and pid <> pg_backend_pid()")) {
      row.next();
      return row.getBoolean(1);
    } finally {
      connection.commit();
    }
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
