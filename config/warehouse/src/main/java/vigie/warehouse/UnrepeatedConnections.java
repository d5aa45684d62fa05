// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.postgresql.Driver;

/**
 * Connections on which each statement is sent once. Iceberg's own pool reconnects when a connection
 * breaks and sends the statement again. An UPDATE that had happened then changes no row, so that
 * the commit counts as refused, and Iceberg deletes the manifests of a published snapshot.
 *
 * <p>A connection is checked before it is used, not after it has failed. One that failed is closed.
 * Safe for use by several threads; each has a connection to itself while an action runs.
 */
final class UnrepeatedConnections extends JdbcClientPool {

  private static final int CHECK_TIMEOUT_SECONDS = 5;

  /** Seconds, unless the URL says otherwise. A server that is gone is noticed, and reported. */
  private static final Map<String, String> TIMEOUTS =
      Map.of(
          "connectTimeout", "5",
          "loginTimeout", "10",
          "socketTimeout", "20",
          "tcpKeepAlive", "true",
          "ApplicationName", "vigie-catalog");

  private final String url;
  private final Properties login = new Properties();
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  UnrepeatedConnections(Map<String, String> catalog) {
    super(catalog.get(CatalogProperties.URI), catalog);
    url = catalog.get(CatalogProperties.URI);
    login.putAll(TIMEOUTS);
    login.setProperty("user", catalog.get(CatalogAddress.USER_PROPERTY));
    login.setProperty("password", catalog.get(CatalogAddress.PASSWORD_PROPERTY));
  }

  @Override
  public <R> R run(Action<R, Connection, SQLException> action) throws SQLException {
    Connection connection = take();
    R result;
    try {
      result = action.run(connection);
    } catch (SQLException | RuntimeException | Error e) {
      discard(connection, e);
      throw e;
    }
    if (closed) {
      connection.close();
    } else {
      idle.push(connection);
    }
    return result;
  }

  /** What failed is reported, not that its connection cannot even be closed. */
  private static void discard(Connection connection, Throwable failure) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * As without it.
   *
   * @param retry is not heeded
   */
  @Override
  public <R> R run(Action<R, Connection, SQLException> action, boolean retry) throws SQLException {
    return run(action);
  }

  private Connection take() throws SQLException {
    Connection kept;
    while ((kept = idle.poll()) != null) {
      if (kept.isValid(CHECK_TIMEOUT_SECONDS)) {
        return kept;
      }
      kept.close();
    }
    return connect();
  }

  /** By the driver itself: a search for it depends on class loaders, which engines have many of. */
  private Connection connect() throws SQLException {
    Connection connection = new Driver().connect(url, login);
    if (connection == null) {
      throw new SQLException("%s is no URL of a PostgreSQL database".formatted(url));
    }
    return connection;
  }

  @Override
  protected Connection newClient() {
    try {
      return connect();
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "No connection to %s", url);
    }
  }

  @Override
  protected void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "A connection to %s cannot be closed", url);
    }
  }

  @Override
  public void close() {
    closed = true;
    Connection kept;
    while ((kept = idle.poll()) != null) {
      close(kept);
    }
    super.close();
  }
}
