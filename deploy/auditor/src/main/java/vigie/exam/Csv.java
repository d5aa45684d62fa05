// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** Rows as RFC 4180 has them. A laptop chooses the names of pages: none is a formula. */
final class Csv {

  private static final String STARTS_A_FORMULA = "=+-@\t\r";

  private Csv() {}

  static void write(ResultSet rows, Path file) throws SQLException, IOException {
    ResultSetMetaData columns = rows.getMetaData();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        out.write(column == 1 ? "" : ",");
        out.write(columns.getColumnLabel(column));
      }
      out.write("\r\n");
      while (rows.next()) {
        for (int column = 1; column <= columns.getColumnCount(); column++) {
          out.write(column == 1 ? "" : ",");
          out.write(cell(rows.getString(column), columns.getColumnType(column) == Types.VARCHAR));
        }
        out.write("\r\n");
      }
    }
  }

  static String cell(String value, boolean isText) {
    if (value == null || !isText) {
      return value == null ? "" : value;
    }
    boolean startsAFormula = !value.isEmpty() && STARTS_A_FORMULA.indexOf(value.charAt(0)) >= 0;
    return '"' + (startsAFormula ? "'" : "") + value.replace("\"", "\"\"") + '"';
  }
}
