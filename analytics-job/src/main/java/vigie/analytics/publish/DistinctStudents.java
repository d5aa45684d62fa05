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
 * and are the same in whatever order students come, and however often. A laptop may name any number
 * of exercises, so a limited number of sketches is in memory and the others are in a table of the
 * session.
 */
final class DistinctStudents {

  /** Sketches in memory, 4 KiB each. */
  static final int MOST_EXERCISES = 10_000;

  private static final String PUBLISHED = "exercise_students";
  private static final String STAGED = "batch_students";

  private final Map<String, UltraLogLog> byExercise = new TreeMap<>();
  private boolean spilled;

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

  /** Whether {@link #spill} has to be called before more is added. */
  boolean isFull() {
    return byExercise.size() >= MOST_EXERCISES;
  }

  /** Moves the sketches out of memory, within the transaction under way. */
  void spill(Connection connection) throws SQLException {
    mergeInto(STAGED, connection);
    spilled = true;
  }

  /** To those that are published, within the transaction under way. */
  void addTo(Connection connection) throws SQLException {
    if (spilled) {
      spill(connection);
      for (String last = null; (last = takeAfter(last, connection)) != null; ) {
        mergeInto(PUBLISHED, connection);
      }
    } else {
      mergeInto(PUBLISHED, connection);
    }
  }

  /** Reads the staged sketches that follow {@code last}; returns the last one, null without any. */
  private String takeAfter(String last, Connection connection) throws SQLException {
    String taken = null;
    try (PreparedStatement next = connection.prepareStatement(FigureSql.STAGED_STUDENTS)) {
      next.setString(1, last);
      next.setString(2, last);
      next.setInt(3, MOST_EXERCISES);
      try (ResultSet row = next.executeQuery()) {
        while (row.next()) {
          taken = row.getString(1);
          byExercise.put(taken, StudentSketch.of(row.getBytes(2)));
        }
      }
    }
    return taken;
  }

  private void mergeInto(String table, Connection connection) throws SQLException {
    mergeFrom(table, connection);
    try (PreparedStatement put =
        connection.prepareStatement(FigureSql.PUT_STUDENTS.formatted(table))) {
      for (Map.Entry<String, UltraLogLog> entry : byExercise.entrySet()) {
        put.setString(1, entry.getKey());
        put.setDouble(2, entry.getValue().getDistinctCountEstimate());
        put.setBytes(3, entry.getValue().getState());
        put.addBatch();
      }
      put.executeBatch();
    }
    byExercise.clear();
  }

  private void mergeFrom(String table, Connection connection) throws SQLException {
    Array exercises = connection.createArrayOf("text", byExercise.keySet().toArray());
    try (PreparedStatement stored =
        connection.prepareStatement(FigureSql.STUDENTS.formatted(table))) {
      stored.setArray(1, exercises);
      try (ResultSet row = stored.executeQuery()) {
        while (row.next()) {
          byExercise.get(row.getString(1)).add(StudentSketch.of(row.getBytes(2)));
        }
      }
    }
  }
}
