// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.postgres.PostgresServer;

class DistinctStudentsIT {

  private static final int EXERCISES = 2 * DistinctStudents.MOST_EXERCISES + 5;

  @Test
  void sketchesThatDoNotFitIntoMemoryAreMergedAllTheSame(@TempDir Path folder) throws Exception {
    PostgresServer postgres = PostgresServer.startIn(folder);
    try (Connection connection = postgres.connect()) {
      StagingTable.execute(
          connection,
          "CREATE TABLE exercise_students (exercise_id text PRIMARY KEY, students double precision"
              + " NOT NULL, sketch bytea NOT NULL)");
      StagingTable.create(connection);
      connection.setAutoCommit(false);
      for (int batch = 0; batch < 2; batch++) {
        DistinctStudents students = new DistinctStudents();
        for (int student = 0; student < 2; student++) {
          for (int exercise = 0; exercise < EXERCISES; exercise++) {
            if (students.isFull()) {
              students.spill(connection);
            }
            assertFalse(students.isFull());
            students.add("exercise-" + exercise, "s-%d-%d".formatted(batch, student));
          }
        }
        students.addTo(connection);
        connection.commit();
      }
      assertEquals(EXERCISES, number(connection, "SELECT count(*) FROM exercise_students"));
      assertEquals(4, number(connection, "SELECT min(round(students)) FROM exercise_students"));
      assertEquals(4, number(connection, "SELECT max(round(students)) FROM exercise_students"));
      assertEquals(0, number(connection, "SELECT count(*) FROM batch_students"));
    } finally {
      postgres.stop();
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
