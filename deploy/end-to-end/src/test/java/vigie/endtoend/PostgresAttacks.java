// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;
import vigie.stack.VigieStack;
import vigie.stack.postgres.PostgresRole;

/** What PostgreSQL must refuse to strangers; {@link PostgresTakeover} is of its roles. */
record PostgresAttacks(VigieStack vigie) {

  private static final String NO_PASSWORD = "SCRAM-based authentication";
  private static final String NO_LOGIN = "password authentication failed";
  private static final String NO_WAY_IN = "no pg_hba.conf entry";
  private static final String NO_RIGHT = "permission denied";
  private static final String NO_ENCRYPTION = "no encryption";

  Stream<Attack> all() {
    return Stream.of(
        new Attack("PostgreSQL: in plain text", this::enterInPlainText, NO_ENCRYPTION),
        login("no password", "dashboard", "", NO_PASSWORD),
        login("a wrong password", "dashboard", "guess", NO_LOGIN),
        login("another's name with one's own password", "analytics", reader().password(), NO_LOGIN),
        login("the superuser", "postgres", "guess", NO_WAY_IN),
        login("the one user of the open form", "vigie", reader().password(), NO_WAY_IN),
        new Attack(
            "PostgreSQL: dashboard reads one column that it does not show",
            () -> execute("dashboard", reader().password(), "SELECT sketch FROM exercise_students"),
            NO_RIGHT));
  }

  private PostgresRole reader() {
    return vigie.postgres().reader();
  }

  private Attack login(String name, String user, String password, String refusal) {
    return new Attack("PostgreSQL: " + name, () -> execute(user, password, "SELECT 1"), refusal);
  }

  private void enterInPlainText() throws Exception {
    String url = vigie.postgres().jdbcUrl().replace("sslmode=verify-full", "sslmode=disable");
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
