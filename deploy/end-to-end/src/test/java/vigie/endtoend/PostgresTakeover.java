// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vigie.stack.VigieStack;
import vigie.stack.postgres.CatalogDatabase;
import vigie.stack.postgres.PostgresRole;

/**
 * What each role of PostgreSQL can do to tables that it does not own, to other roles, databases and
 * parameters, and to the server. Where it is possible, it is rolled back.
 */
record PostgresTakeover(VigieStack vigie) {

  /** No right, a role of the server's own, no way in, not while the server runs, and a limit. */
  private static final Set<String> REFUSED = Set.of("42501", "42939", "28000", "55P02", "53400");

  private static final List<String> TABLE =
      List.of(
          "SELECT FROM %s WHERE false",
          "INSERT INTO %s DEFAULT VALUES",
          "UPDATE %s SET %s = NULL WHERE false",
          "DELETE FROM %s WHERE false",
          "TRUNCATE %s",
          "ALTER TABLE %s ADD takeover int",
          "ALTER TABLE %s OWNER TO CURRENT_USER",
          "DROP TABLE %s",
          "CREATE INDEX ON %s ((1))",
          "LOCK TABLE %s IN ACCESS SHARE MODE NOWAIT",
          "LOCK TABLE %s IN ROW SHARE MODE NOWAIT",
          "LOCK TABLE %s IN ROW EXCLUSIVE MODE NOWAIT",
          "LOCK TABLE %s IN SHARE MODE NOWAIT",
          "LOCK TABLE %s IN ACCESS EXCLUSIVE MODE NOWAIT");

  private static final List<String> ROLE =
      List.of(
          "SET ROLE %s",
          "SET SESSION AUTHORIZATION %s",
          "GRANT %s TO CURRENT_USER",
          "ALTER ROLE %s PASSWORD 'takeover'",
          "ALTER ROLE %s SET statement_timeout = 1",
          "DROP ROLE %s");

  private static final List<String> SERVER =
      List.of(
          "CREATE SCHEMA takeover",
          "CREATE TABLE public.takeover (n int)",
          "CREATE TABLE pg_catalog.takeover (n int)",
          "CREATE TEMPORARY TABLE takeover (n int)",
          "CREATE ROLE takeover",
          "CREATE FUNCTION takeover() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE PUBLICATION takeover",
          "CREATE EXTENSION citext",
          "CHECKPOINT",
          "LOAD 'takeover'",
          "COPY (SELECT 1) TO PROGRAM 'true'",
          "COPY (SELECT 1) TO '/tmp/takeover'",
          "LOCK TABLE pg_class IN ROW EXCLUSIVE MODE NOWAIT",
          "SELECT FROM pg_authid",
          "SELECT pg_read_file('/etc/hostname')",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> CURRENT_USER",
          "SELECT pg_create_physical_replication_slot('takeover')",
          "SELECT pg_advisory_lock(1)",
          "SELECT lo_create(0)",
          "SELECT pg_logical_emit_message(false, 'takeover', '')",
          "SELECT pg_reload_conf()",
          "SELECT pg_switch_wal()",
          "NOTIFY takeover",
          "SET statement_timeout = 0",
          "SET work_mem = '1GB'",
          // Takes 80 MB of the disk.
          "WITH big AS MATERIALIZED (SELECT repeat('x', 100000) t FROM generate_series(1, 800))"
              + " SELECT count(t) FROM big",
          "ALTER ROLE CURRENT_USER PASSWORD 'takeover'",
          "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1",
          "ALTER ROLE CURRENT_USER SET temp_file_limit = -1");

  /** PostgreSQL does these in no transaction. */
  private static final List<String> BY_ITSELF =
      List.of(
          "CREATE DATABASE takeover",
          "CREATE TABLESPACE takeover LOCATION '/tmp'",
          "ALTER SYSTEM SET fsync = off");

  private static final String OTHERS_TABLES =
      """
      SELECT format('%I.%I', nspname, relname), quote_ident(attname)
      FROM pg_class
      JOIN pg_namespace ON pg_namespace.oid = relnamespace
      JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = 1
      WHERE relkind = 'r' AND nspname = 'public' AND relowner <> CURRENT_USER::regrole
      """;

  private static final String OWNED =
      "SELECT 1 FROM pg_class WHERE relowner = CURRENT_USER::regrole AND relkind = 'r' LIMIT 1";

  private static final String OTHER_ROLES =
      "SELECT rolname FROM pg_roles WHERE rolname NOT IN (CURRENT_USER, 'pg_database_owner')";

  private static final String PARAMETERS = "SELECT name FROM pg_settings WHERE context <> 'user'";

  /** By the component that has the role; two have that of the catalog. */
  Map<String, Set<String>> possible() throws SQLException {
    CatalogDatabase catalog = vigie.postgres().catalog();
    String figures = vigie.postgres().jdbcUrl();
    Set<String> ofCatalog = possible(catalog.owner(), catalog.url(), figures);
    Set<String> analytics = possible(vigie.postgres().writer(), figures, catalog.url());
    analytics.addAll(ofCatalog);
    return Map.of(
        "analytics-job", analytics,
        "archive-service", ofCatalog,
        "dashboard-service", possible(vigie.postgres().reader(), figures, catalog.url()));
  }

  private static Set<String> possible(PostgresRole role, String own, String other)
      throws SQLException {
    Set<String> possible = new TreeSet<>();
    for (String url : List.of(other, own.replaceFirst("/\\w+(\\?|$)", "/postgres$1"))) {
      try {
        connect(role, url).close();
        possible.add("PostgreSQL enter " + url.replaceAll(".*/|\\?.*", ""));
      } catch (SQLException e) {
        assertRefused("enter", e);
      }
    }
    try (Connection connection = connect(role, own)) {
      connection.setAutoCommit(false);
      String database = connection.getCatalog();
      for (String act : acts(connection)) {
        if (isPossible(connection, act)) {
          possible.add("PostgreSQL %s %s".formatted(database, act));
        }
      }
      if (!rows(connection, OWNED).isEmpty()) {
        possible.add("PostgreSQL %s own its tables".formatted(database));
      }
      connection.rollback();
      connection.setAutoCommit(true);
      for (String act : BY_ITSELF) {
        if (isPossible(connection, act)) {
          possible.add("PostgreSQL %s %s".formatted(database, act));
        }
      }
    }
    return possible;
  }

  private static List<String> acts(Connection connection) throws SQLException {
    List<String> acts = new ArrayList<>(SERVER);
    for (List<String> table : rows(connection, OTHERS_TABLES)) {
      TABLE.forEach(act -> acts.add(act.formatted(table.toArray())));
    }
    for (List<String> role : rows(connection, OTHER_ROLES)) {
      ROLE.forEach(act -> acts.add(act.formatted(role.get(0))));
    }
    rows(connection, PARAMETERS)
        .forEach(name -> acts.add("SET %s TO DEFAULT".formatted(name.get(0))));
    return acts;
  }

  private static boolean isPossible(Connection connection, String act) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(act);
      return true;
    } catch (SQLException e) {
      assertRefused(act, e);
      return false;
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
  }

  /** An act that fails for another reason was not tried. */
  private static void assertRefused(String act, SQLException refused) {
    if (!REFUSED.contains(refused.getSQLState())) {
      throw new AssertionError(act, refused);
    }
  }

  private static List<List<String>> rows(Connection connection, String question)
      throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      while (answer.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
          row.add(answer.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Connection connect(PostgresRole role, String url) throws SQLException {
    return DriverManager.getConnection(url, role.name(), role.password());
  }
}
