// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vigie.analytics.publish.StagingRow;

/**
 * Figures of one kind by their key.
 *
 * @param names of the values
 */
record FigureSet(List<String> names, Map<String, List<Number>> values) {

  /** The first {@code keys} columns of a query are the key, the others are values. */
  static FigureSet of(Connection database, int keys, String query) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> names = new ArrayList<>();
      for (int column = keys + 1; column <= columns; column++) {
        names.add(rows.getMetaData().getColumnLabel(column));
      }
      Map<String, List<Number>> values = new TreeMap<>();
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(rows.getObject(column));
        }
        put(values, keys, row);
      }
      return new FigureSet(names, values);
    }
  }

  private static void put(Map<String, List<Number>> values, int keys, List<Object> row) {
    String key =
        String.join(
            " ",
            row.subList(0, keys).stream().map(k -> StagingRow.storable(k.toString())).toList());
    values.put(key, row.subList(keys, row.size()).stream().map(Number.class::cast).toList());
  }
}
