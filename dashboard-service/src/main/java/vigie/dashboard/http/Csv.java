// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Writes tables as RFC 4180 says, and so that no spreadsheet takes a text for a formula. */
final class Csv {

  /** Spreadsheets take the full-width signs for the others. */
  private static final String STARTS_A_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  /** A French spreadsheet separates by the semicolon. */
  private static final String NEEDS_QUOTES = ",;\"\r\n";

  /** A text, so that what opens the table in another language leaves its point alone. */
  private static final Pattern LIKE_A_NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

  private Csv() {}

  static void write(CsvTable table, Appendable out) throws IOException {
    line(table.columns(), out);
    for (Iterator<List<?>> rows = table.rows().iterator(); rows.hasNext(); ) {
      line(rows.next(), out);
    }
  }

  private static void line(List<?> cells, Appendable out) throws IOException {
    String separator = "";
    for (Object cell : cells) {
      out.append(separator).append(cell(cell));
      separator = ",";
    }
    out.append("\r\n");
  }

  /** Only text is guarded: a number may well be negative, and no number is a formula. */
  static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof CharSequence && startsAFormula(text)) {
      text = "'" + text;
    }
    boolean isNumberLike = value instanceof CharSequence && LIKE_A_NUMBER.matcher(text).matches();
    return isNumberLike || needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static boolean startsAFormula(String text) {
    return !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
  }

  private static boolean needsQuotes(String text) {
    return text.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0);
  }
}
