// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.Driver;

/**
 * Lets one process at a time rewrite or remove files of the archive: compaction, expiry, removal of
 * orphans, erasure. A writer that only appends needs no lock.
 *
 * <p>The lock is of a session of the catalog's PostgreSQL. It ends with the session: at once when
 * its process is killed, after {@link #LEASE} when its process or host is frozen or cut off. A
 * holder that lost it so and goes on does no harm: a commit whose files another holder may have
 * removed is refused, see {@link OrphanFence}.
 */
public final class MaintenanceLock implements AutoCloseable {

  /** PostgreSQL ends a session that was idle for longer. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final Duration RENEWAL = LEASE.dividedBy(4);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int ANSWER_SECONDS = 10;

  /** Any number that nothing else in the catalog's database locks. */
  private static final long KEY = 0x7669676966L;

  private static final String TAKE = "SELECT pg_try_advisory_lock(?)";

  /** PostgreSQL splits the number of a lock in two. */
  private static final String HOLDER =
      """
      SELECT application_name, pid, client_addr FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted
        AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (classid::bigint << 32) + objid::bigint = ?
      """;

  private final Connection session;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread renewal = new Thread(this::renew, "maintenance-lock");

  private MaintenanceLock(Connection session) {
    this.session = session;
    renewal.setDaemon(true);
    renewal.start();
  }

  /**
   * Waits until no other session holds the lock.
   *
   * @param holder names this one for those who wait
   * @param waiting is told once who holds the lock, if another session does
   */
  public static MaintenanceLock take(
      CatalogAddress catalog, String holder, Consumer<String> waiting)
      throws SQLException, InterruptedException {
    Connection session = connect(catalog, holder);
    try {
      boolean told = false;
      while (!isTaken(session)) {
        if (!told) {
          waiting.accept(holder(session));
          told = true;
        }
        Thread.sleep(RETRY.toMillis());
      }
      return new MaintenanceLock(session);
    } catch (SQLException | InterruptedException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Asks PostgreSQL.
   *
   * @throws SQLException when the session has ended, and the lock with it
   */
  public void requireHeld() throws SQLException {
    if (!session.isValid(ANSWER_SECONDS)) {
      throw new SQLException("The lock on the archive's maintenance was lost");
    }
  }

  /** Frees the lock. */
  @Override
  public void close() throws SQLException {
    closing.countDown();
    session.close();
  }

  /** A session that has ended stays so: the holder finds out by {@link #requireHeld}. */
  private void renew() {
    try {
      boolean renewed = true;
      while (renewed && !closing.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
        renewed = session.isValid(ANSWER_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException("Only for a negative timeout", e);
    }
  }

  /** With these timeouts, unless the URL says otherwise. */
  private static Connection connect(CatalogAddress catalog, String holder) throws SQLException {
    Properties login = new Properties();
    login.putAll(
        Map.of(
            "user",
            catalog.user(),
            "password",
            catalog.password(),
            "connectTimeout",
            "5",
            "loginTimeout",
            "10",
            "socketTimeout",
            "20",
            "options",
            "-c idle_session_timeout=" + LEASE.toMillis(),
            "ApplicationName",
            holder));
    Connection session = new Driver().connect(catalog.url(), login);
    if (session == null) {
      throw new SQLException("%s is no URL of a PostgreSQL database".formatted(catalog.url()));
    }
    return session;
  }

  private static boolean isTaken(Connection session) throws SQLException {
    try (PreparedStatement statement = prepare(session, TAKE);
        ResultSet answer = statement.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private static String holder(Connection session) throws SQLException {
    try (PreparedStatement statement = prepare(session, HOLDER);
        ResultSet row = statement.executeQuery()) {
      return row.next()
          ? "%s (session %d from %s)".formatted(row.getString(1), row.getInt(2), row.getString(3))
          : "a process that just ended";
    }
  }

  private static PreparedStatement prepare(Connection session, String sql) throws SQLException {
    PreparedStatement statement = session.prepareStatement(sql);
    statement.setLong(1, KEY);
    return statement;
  }
}
