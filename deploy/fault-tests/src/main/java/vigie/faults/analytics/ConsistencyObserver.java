// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import vigie.stack.postgres.PostgresServer;

/**
 * Reads the figures again and again, as a viewer does, in a thread of its own: table by table, each
 * time in one REPEATABLE READ transaction. Only a database that is down may keep it from reading.
 */
final class ConsistencyObserver implements AutoCloseable {

  private static final String PUBLICATION =
      "SELECT query_id, batch_id, batch_rows FROM publication";

  /** Each counts every result and every alert once. */
  private static final List<String> JUDGED =
      List.of(
          "exercise_figures",
          "minute_figures",
          "place_figures WHERE resolution = 3",
          "place_figures WHERE resolution = 5",
          "place_figures WHERE resolution = 7");

  private static final String COUNTS =
      "SELECT coalesce(sum(n), 0), coalesce(sum(failures), 0) FROM ";

  private static final String SCORES = "SELECT coalesce(sum(n), 0) FROM score_figures";

  /** Short beside a batch; without it this thread would keep a processor from the job. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * What one reading saw.
   *
   * @param batchRows what the batch says that it added
   */
  private record Look(String query, long batch, long batchRows, long results, long alerts) {

    long events() {
      return results + alerts;
    }
  }

  private final PostgresServer postgres;
  private final ArchiveWriter flow;
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> end;
  private final Set<String> seen = new HashSet<>();
  private Look last;
  private volatile boolean done;

  ConsistencyObserver(PostgresServer postgres, ArchiveWriter flow) {
    this.postgres = postgres;
    this.flow = flow;
    end = CompletableFuture.runAsync(this::watch, run -> new Thread(run, "observer").start());
  }

  /** What was wrong since this was asked last. */
  List<String> problems() {
    if (end.isCompletedExceptionally()) {
      end.join();
    }
    List<String> news = new ArrayList<>();
    for (String problem = problems.poll(); problem != null; problem = problems.poll()) {
      news.add(problem);
    }
    return news;
  }

  /** How many publications it saw. */
  int stop() {
    done = true;
    end.join();
    return seen.size();
  }

  private void watch() {
    while (!done) {
      try (Connection connection = postgres.connect()) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          while (!done) {
            look(statement);
            connection.commit();
            LockSupport.parkNanos(PAUSE.toNanos());
          }
        }
      } catch (SQLException down) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void look(Statement statement) throws SQLException {
    Look look;
    try (ResultSet row = statement.executeQuery(PUBLICATION)) {
      if (!row.next()) {
        throw new IllegalStateException("nothing is published any more");
      }
      look = new Look(row.getString(1), row.getLong(2), row.getLong(3), 0, 0);
    }
    Set<List<Long>> counts = new HashSet<>();
    for (String table : JUDGED) {
      try (ResultSet row = statement.executeQuery(COUNTS + table)) {
        row.next();
        counts.add(List.of(row.getLong(1), row.getLong(2)));
      }
    }
    List<Long> first = counts.iterator().next();
    look = new Look(look.query, look.batch, look.batchRows, first.get(0), first.get(1));
    try (ResultSet row = statement.executeQuery(SCORES)) {
      row.next();
      if (counts.size() > 1 || row.getLong(1) != look.results) {
        problems.add("%s: tables count %s, scores %d".formatted(look, counts, row.getLong(1)));
      }
    }
    judge(look);
    seen.add(look.query + look.batch);
    last = look;
  }

  private void judge(Look look) {
    if (!flow.had(look.results, look.alerts)) {
      problems.add(look + ": so many never were archived");
    }
    if (last == null) {
      return;
    }
    boolean sameQuery = look.query.equals(last.query);
    boolean same = sameQuery && look.batch == last.batch;
    boolean next = sameQuery && look.batch == last.batch + 1;
    long more = look.events() - last.events();
    if (more < 0
        || (sameQuery && look.batch < last.batch)
        || (same && more != 0)
        || (next && more != look.batchRows)) {
      problems.add("%s came after %s".formatted(look, last));
    }
  }

  @Override
  public void close() {
    done = true;
  }
}
