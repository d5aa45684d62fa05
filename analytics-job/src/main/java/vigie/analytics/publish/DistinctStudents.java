// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import vigie.analytics.aggregate.StudentSketch;

/**
 * How many different students each exercise has, without keeping who they are: sketches that merge,
 * and are the same in whatever order students come, and however often.
 */
final class DistinctStudents {

  private final Map<String, UltraLogLog> byExercise = new TreeMap<>();

  void add(String exerciseId, String studentId) {
    of(exerciseId).add(StudentSketch.hash(studentId));
  }

  /** All students of a sketch. */
  void add(String exerciseId, byte[] sketch) {
    of(exerciseId).add(StudentSketch.of(sketch));
  }

  private UltraLogLog of(String exerciseId) {
    return byExercise.computeIfAbsent(StagingRow.storable(exerciseId), id -> StudentSketch.empty());
  }

  /** To those that are published, within the transaction under way. */
  void addTo(Connection connection) throws SQLException {
    mergePublished(connection);
    try (PreparedStatement put = connection.prepareStatement(FigureSql.PUT_STUDENTS)) {
      for (Map.Entry<String, UltraLogLog> entry : byExercise.entrySet()) {
        put.setString(1, entry.getKey());
        put.setDouble(2, entry.getValue().getDistinctCountEstimate());
        put.setBytes(3, entry.getValue().getState());
        put.addBatch();
      }
      put.executeBatch();
    }
  }

  private void mergePublished(Connection connection) throws SQLException {
    Array exercises = connection.createArrayOf("text", byExercise.keySet().toArray());
    try (PreparedStatement published = connection.prepareStatement(FigureSql.STUDENTS)) {
      published.setArray(1, exercises);
      try (ResultSet row = published.executeQuery()) {
        while (row.next()) {
          byExercise.get(row.getString(1)).add(StudentSketch.of(row.getBytes(2)));
        }
      }
    }
  }
}
