// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;
import vigie.stack.VigieStack;
import vigie.stack.postgres.PostgresRole;

/** What PostgreSQL must refuse to strangers, and to each role beyond its own work. */
record PostgresAttacks(VigieStack vigie) {

  private static final String NO_PASSWORD = "SCRAM-based authentication";
  private static final String NO_LOGIN = "password authentication failed";
  private static final String NO_WAY_IN = "no pg_hba.conf entry";
  private static final String NO_RIGHT = "permission denied";
  private static final String NO_OWNER = "must be owner";
  private static final String NO_ENCRYPTION = "no encryption";

  Stream<Attack> all() {
    return Stream.of(
        new Attack("PostgreSQL: in plain text", this::enterInPlainText, NO_ENCRYPTION),
        login("no password", "dashboard", "", NO_PASSWORD),
        login("a wrong password", "dashboard", "guess", NO_LOGIN),
        login("another's name with one's own password", "analytics", reader().password(), NO_LOGIN),
        login("the superuser", "postgres", "guess", NO_WAY_IN),
        login("the one user of the open form", "vigie", reader().password(), NO_WAY_IN),
        dashboard(
            "writes a figure",
            "INSERT INTO exercise_figures VALUES ('x', 1, 1, 1, 0, 0)",
            NO_RIGHT),
        dashboard("changes figures", "UPDATE exercise_figures SET failures = 0", NO_RIGHT),
        dashboard("deletes figures", "DELETE FROM place_figures", NO_RIGHT),
        dashboard("empties a table", "TRUNCATE publication", NO_RIGHT),
        dashboard("reads what it does not show", "SELECT sketch FROM exercise_students", NO_RIGHT),
        dashboard("reads places too small to be shown", "SELECT * FROM place_sums", NO_RIGHT),
        dashboard(
            "reads the history of the schema", "SELECT * FROM flyway_schema_history", NO_RIGHT),
        dashboard("makes a table", "CREATE TABLE mine (n int)", NO_RIGHT),
        dashboard("makes a passing table", "CREATE TEMPORARY TABLE mine (n int)", NO_RIGHT),
        dashboard("drops a table", "DROP TABLE publication", NO_OWNER),
        dashboard(
            "gives itself a right", "GRANT ALL ON flyway_schema_history TO dashboard", NO_RIGHT),
        dashboard("becomes the other", "SET ROLE analytics", NO_RIGHT),
        new Attack(
            "PostgreSQL: dashboard enters the archive's catalog", this::enterCatalog, NO_WAY_IN),
        by(
            "the archive's catalog reads figures",
            vigie.postgres().catalog().owner(),
            "SELECT * FROM exercise_figures",
            NO_WAY_IN),
        dashboard("keeps figures from being published", "SELECT pg_advisory_lock(1)", NO_RIGHT),
        dashboard("fills the disk with large objects", "SELECT lo_create(0)", NO_RIGHT),
        analytics("makes another schema", "CREATE SCHEMA mine", NO_RIGHT),
        analytics("makes a table elsewhere", "CREATE TABLE pg_catalog.mine (n int)", NO_RIGHT),
        analytics("makes a database", "CREATE DATABASE mine", NO_RIGHT),
        analytics("makes a role", "CREATE ROLE mine", NO_RIGHT),
        analytics("reads passwords", "SELECT * FROM pg_authid", NO_RIGHT),
        analytics("reads a file", "SELECT pg_read_file('/etc/passwd')", NO_RIGHT),
        analytics("runs a program", "COPY publication TO PROGRAM 'true'", NO_RIGHT),
        analytics("changes a setting", "ALTER SYSTEM SET fsync = off", NO_RIGHT));
  }

  private PostgresRole reader() {
    return vigie.postgres().reader();
  }

  private Attack login(String name, String user, String password, String refusal) {
    return new Attack("PostgreSQL: " + name, () -> execute(user, password, "SELECT 1"), refusal);
  }

  private Attack dashboard(String name, String sql, String refusal) {
    return by("dashboard " + name, reader(), sql, refusal);
  }

  private Attack analytics(String name, String sql, String refusal) {
    return by("analytics " + name, vigie.postgres().writer(), sql, refusal);
  }

  private Attack by(String name, PostgresRole role, String sql, String refusal) {
    return new Attack(
        "PostgreSQL: " + name, () -> execute(role.name(), role.password(), sql), refusal);
  }

  private void enterInPlainText() throws Exception {
    String url = vigie.postgres().jdbcUrl().replace("sslmode=verify-full", "sslmode=disable");
    DriverManager.getConnection(url, reader().name(), reader().password()).close();
  }

  private void enterCatalog() throws Exception {
    String url = vigie.postgres().catalog().url();
    DriverManager.getConnection(url, reader().name(), reader().password()).close();
  }

  private void execute(String user, String password, String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(vigie.postgres().jdbcUrl(), user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
