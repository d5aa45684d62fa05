// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import vigie.analytics.config.AnalyticsConfig;

/** PostgreSQL, where the figures are. */
public record Database(String url, String user, String password) {

  public static Database of(AnalyticsConfig config) {
    return new Database(config.jdbcUrl(), config.dbUser(), config.dbPassword());
  }

  /** A server that has gone silent is noticed; a slow statement has five minutes. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "vigie-analytics");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "300");
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(url, properties);
  }

  /** Brings the tables to the version of {@code config/postgresql}. */
  void migrate() {
    Flyway.configure().dataSource(url, user, password).load().migrate();
  }
}
