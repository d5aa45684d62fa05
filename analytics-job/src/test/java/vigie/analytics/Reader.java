// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import vigie.stack.postgres.PostgresServer;

/**
 * Reads the figures again and again, as a viewer does, in a thread of its own. Each time they must
 * be those of whole batches; only a database that is down may keep it from reading.
 */
final class Reader implements AutoCloseable {

  private static final String FIGURES =
      """
      SELECT
        (SELECT query_id || ' ' || batch_id FROM publication),
        ARRAY[
          (SELECT coalesce(sum(n), 0) FROM exercise_figures),
          (SELECT coalesce(sum(n), 0) FROM minute_figures),
          (SELECT coalesce(sum(n), 0) FROM score_figures),
          (SELECT coalesce(sum(n), 0) FROM place_figures WHERE resolution = 3),
          (SELECT coalesce(sum(n), 0) FROM place_figures WHERE resolution = 5),
          (SELECT coalesce(sum(n), 0) FROM place_figures WHERE resolution = 7)]::bigint[],
        ARRAY[
          (SELECT coalesce(sum(failures), 0) FROM exercise_figures),
          (SELECT coalesce(sum(failures), 0) FROM minute_figures),
          (SELECT coalesce(sum(failures), 0) FROM place_figures WHERE resolution = 5),
          (SELECT coalesce(sum(failures), 0) FROM place_figures WHERE resolution = 7)]::bigint[]
      """;

  /** Short beside a batch; without it this thread would keep a processor from the job. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final PostgresServer postgres;
  private final LongPredicate whole;
  private final Set<String> seen = new HashSet<>();
  private final CompletableFuture<Void> end;
  private volatile boolean done;

  /**
   * @param whole whether so many results may be counted at some time
   */
  Reader(PostgresServer postgres, LongPredicate whole) {
    this.postgres = postgres;
    this.whole = whole;
    end = CompletableFuture.runAsync(this::read, run -> new Thread(run, "reader").start());
  }

  /** How many publications were seen; fails if one was not whole. */
  int stop() {
    done = true;
    end.join();
    return seen.size();
  }

  private void read() {
    while (!done) {
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement()) {
        while (!done) {
          look(statement);
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      } catch (SQLException down) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void look(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(FIGURES)) {
      row.next();
      long results = same(row, 2);
      same(row, 3);
      String publication = row.getString(1);
      assertTrue(whole.test(results), () -> publication + " counts " + results + " results");
      seen.add(publication);
    }
  }

  private static long same(ResultSet row, int column) throws SQLException {
    Long[] sums = (Long[]) row.getArray(column).getArray();
    for (Long sum : sums) {
      assertEquals(sums[0], sum);
    }
    return sums[0];
  }

  @Override
  public void close() {
    done = true;
  }
}
