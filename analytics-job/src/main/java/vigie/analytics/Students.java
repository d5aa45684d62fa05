// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many different students each exercise has, without keeping who they are: sketches that merge,
 * and are the same in whatever order students come, and however often.
 */
final class Students {

  /** 4 KiB an exercise for a standard error of 1.2 %. */
  private static final int PRECISION = 12;

  private static final Hasher64 HASH = Hashing.komihash5_0();

  private final Map<String, UltraLogLog> byExercise = new TreeMap<>();

  void add(String exerciseId, String studentId) {
    of(exerciseId).add(hash(studentId));
  }

  /** All students of a sketch. */
  void add(String exerciseId, byte[] sketch) {
    of(exerciseId).add(sketch(sketch));
  }

  private UltraLogLog of(String exerciseId) {
    return byExercise.computeIfAbsent(StagedRow.storable(exerciseId), id -> sketch());
  }

  /** Of nobody. */
  static UltraLogLog sketch() {
    return UltraLogLog.create(PRECISION);
  }

  /** Lives in {@code state}. */
  static UltraLogLog sketch(byte[] state) {
    return UltraLogLog.wrap(state);
  }

  static long hash(String studentId) {
    return HASH.hashCharsToLong(studentId);
  }

  /** To those that are published, within the transaction under way. */
  void addTo(Connection connection) throws SQLException {
    mergePublished(connection);
    try (PreparedStatement put = connection.prepareStatement(FigureTables.PUT_STUDENTS)) {
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
    try (PreparedStatement published = connection.prepareStatement(FigureTables.STUDENTS)) {
      published.setArray(1, exercises);
      try (ResultSet row = published.executeQuery()) {
        while (row.next()) {
          byExercise.get(row.getString(1)).add(sketch(row.getBytes(2)));
        }
      }
    }
  }
}
