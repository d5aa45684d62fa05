// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.postgres;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.ports.Ports;
import vigie.stack.process.Supervisor;
import vigie.stack.security.Certificates;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackFolder;

class PostgresServerIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void postgresRunsWithFsyncOn(@TempDir Path folder) throws Exception {
    // With no template to copy: initdb makes the folder.
    StackFolder ownTemplates = new StackFolder(folder, folder.resolve("templates"));
    try (PostgresServer postgres = new PostgresServer(ownTemplates, Ports.ephemeral())) {
      postgres.start();
      postgres.awaitReady();
      assertEquals("on", ask(postgres, "SHOW fsync"));
      assertEquals("on", ask(postgres, "SHOW synchronous_commit"));
      assertEquals("on", ask(postgres, "SHOW full_page_writes"));
    }
  }

  @Test
  void aKilledServerKeepsWhatItCommitted(@TempDir Path folder) throws Exception {
    try (PostgresServer postgres = PostgresServer.startIn(folder)) {
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE proof AS SELECT 'kept' AS word");
      }

      postgres.kill();
      postgres.restart();

      assertEquals("kept", ask(postgres, "SELECT word FROM proof"));
    }
  }

  /**
   * As deploy/up does it: the lock file names a process that may run for another purpose by now.
   */
  @Test
  void aServerThatDiesIsStartedAgainWithWhatItCommitted(@TempDir Path folder) throws Exception {
    try (PostgresServer postgres = PostgresServer.startIn(folder)) {
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE proof AS SELECT 'kept' AS word");
      }
      List<String> reports = new ArrayList<>();
      Supervisor supervisor = new Supervisor(reports::add);
      long died = postgres.process().pid();
      assertTrue(ProcessHandle.of(died).orElseThrow().destroyForcibly());
      await().atMost(SOON).until(postgres.process()::diedByItself);
      Path lock = new StackFolder(folder).data("postgresql/cluster/postmaster.pid");
      Files.writeString(
          lock, Files.readString(lock).replaceFirst("\\d+", "" + ProcessHandle.current().pid()));

      await()
          .atMost(SOON)
          .until(
              () -> {
                supervisor.check(List.of(postgres));
                return reports.contains("postgresql is ready again");
              });

      assertEquals("kept", ask(postgres, "SELECT word FROM proof"));
    }
  }

  @Test
  void theCatalogIsItsOwnersAloneAndStaysWhatItIs(@TempDir Path folder) throws Exception {
    try (PostgresServer postgres = PostgresServer.startIn(folder)) {
      CatalogDatabase catalog = postgres.catalog();
      assertThrows(
          SQLException.class,
          () ->
              DriverManager.getConnection(catalog.url(), PostgresServer.USER, postgres.password()));
      try (Connection connection = connect(catalog);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE proof AS SELECT 'kept' AS word");
      }

      postgres.stop();
      // As in data of a version that made no catalog, but for what that version cannot have made.
      OneTimeSetup.delete(new StackFolder(folder).data("postgresql").resolve(CatalogDatabase.NAME));
      postgres.restart();

      try (Connection connection = connect(catalog)) {
        assertEquals("kept", ask(connection, "SELECT word FROM proof"));
      }
    }
  }

  /** As in a dashboard-service that was taken over. */
  @Test
  void aRoleThatReadsCanNeitherLockNorFillNorTakeAll(@TempDir Path folder) throws Exception {
    Certificates certificates = Certificates.in(Files.createDirectory(folder.resolve("keys")));
    StackFolder data = new StackFolder(folder.resolve("data"));
    try (PostgresServer postgres = PostgresServer.secured(data, Ports.ephemeral(), certificates)) {
      postgres.start();
      postgres.awaitReady();
      for (String lock :
          List.of(
              "pg_advisory_lock(1)",
              "pg_try_advisory_lock(1)",
              "pg_advisory_xact_lock_shared(1, 2)",
              "pg_logical_emit_message(false, 'x', 'y')",
              "lo_create(0)",
              "lo_from_bytea(0, 'x')")) {
        assertRefused(postgres, "SELECT " + lock, "permission denied");
      }
      assertEquals("t", ask(postgres, "SELECT pg_try_advisory_lock(1)"));
      assertRefused(postgres, "CREATE TEMPORARY TABLE mine (n int)", "permission denied");
      assertRefused(
          postgres,
          "SET work_mem = '64kB'; SELECT n FROM generate_series(1, 20000000) n ORDER BY -n",
          "temp_file_limit");
      assertRefused(postgres, "SET temp_file_limit = -1", "permission denied");
      for (String other : List.of("postgres", "template1", "catalog")) {
        String url = postgres.jdbcUrl().replace("/vigie?", "/" + other + "?");
        assertThrows(SQLException.class, () -> connect(url, postgres.reader()), other);
      }
      assertNoRoleTakesAnothersConnections(postgres);
      try (Connection reader = connect(postgres.jdbcUrl(), postgres.reader())) {
        assertEquals("10s", ask(reader, "SHOW statement_timeout"));
        assertEquals("10s", ask(reader, "SHOW idle_in_transaction_session_timeout"));
      }
      assertEquals("30s", ask(postgres, "SHOW lock_timeout"));
    }
  }

  private static void assertRefused(PostgresServer postgres, String sql, String why)
      throws SQLException {
    try (Connection reader = connect(postgres.jdbcUrl(), postgres.reader());
        Statement statement = reader.createStatement()) {
      SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql), sql);
      assertTrue(refused.getMessage().contains(why), refused::getMessage);
    }
  }

  private static void assertNoRoleTakesAnothersConnections(PostgresServer postgres)
      throws Exception {
    CatalogDatabase catalog = postgres.catalog();
    List<Connection> taken = new ArrayList<>();
    try {
      takeAll(taken, catalog.url(), catalog.owner());
      takeAll(taken, postgres.jdbcUrl(), postgres.writer());
      takeAll(taken, postgres.jdbcUrl(), postgres.reader());
      assertEquals(96, taken.size());
    } finally {
      for (Connection one : taken) {
        one.close();
      }
    }
  }

  private static void takeAll(List<Connection> taken, String url, PostgresRole role) {
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> {
              while (taken.size() < 100) {
                taken.add(connect(url, role));
              }
            });
    assertTrue(refused.getMessage().contains("too many connections for role"), refused::toString);
  }

  private static Connection connect(String url, PostgresRole role) throws SQLException {
    return DriverManager.getConnection(url, role.name(), role.password());
  }

  private static Connection connect(CatalogDatabase catalog) throws SQLException {
    return DriverManager.getConnection(catalog.url(), catalog.user(), catalog.password());
  }

  private static String ask(PostgresServer postgres, String question) throws Exception {
    try (Connection connection = postgres.connect()) {
      return ask(connection, question);
    }
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      assertTrue(answer.next());
      return answer.getString(1);
    }
  }
}
