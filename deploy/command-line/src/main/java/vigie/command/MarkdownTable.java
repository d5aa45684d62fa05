// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Figures in columns, printed as Markdown so that a document can quote them as they are. */
public final class MarkdownTable {

  private final List<String[]> rows = new ArrayList<>();

  public MarkdownTable(String... headings) {
    rows.add(headings);
  }

  /** One row; as many cells as there are headings. */
  public void add(String... cells) {
    if (cells.length != rows.get(0).length) {
      throw new IllegalArgumentException(Arrays.toString(cells) + " is not a row of this table");
    }
    rows.add(cells);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      text.append(line(rows.get(row), " "));
      if (row == 0) {
        String[] rule = new String[rows.get(0).length];
        Arrays.fill(rule, "");
        text.append(line(rule, "-"));
      }
    }
    return text.toString();
  }

  private String line(String[] cells, String filling) {
    StringBuilder line = new StringBuilder("|");
    for (int column = 0; column < cells.length; column++) {
      String padding = filling.repeat(width(column) - cells[column].length());
      String cell = column == 0 ? cells[column] + padding : padding + cells[column];
      line.append(' ').append(cell).append(filling.equals("-") && column > 0 ? ":|" : " |");
    }
    return line.append('\n').toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElseThrow();
  }
}
