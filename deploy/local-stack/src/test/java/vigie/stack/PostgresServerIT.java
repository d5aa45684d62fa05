// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

  @Test
  void postgresRunsWithFsyncOn(@TempDir Path folder) throws Exception {
    // With no template to copy: initdb makes the folder.
    Folder ownTemplates = new Folder(folder, folder.resolve("templates"));
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

  private static String ask(PostgresServer postgres, String question) throws Exception {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      assertTrue(answer.next());
      return answer.getString(1);
    }
  }
}
