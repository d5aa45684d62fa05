// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import com.uber.h3core.util.LatLng;
import org.apache.spark.sql.Row;
import vigie.analytics.aggregate.BatchFigures;
import vigie.analytics.spark.H3Cells;

/** One row of {@link BatchFigures} as a CSV line for {@link FigureSql#COPY}. */
public final class StagingRow {

  private final StringBuilder line = new StringBuilder(200);

  static String csv(Row figures) {
    StagingRow staged = new StagingRow();
    staged.text(figures.getAs("exerciseId"));
    staged.value(figures.getAs("minute"));
    staged.value(figures.getAs("decile"));
    staged.place(figures.getAs("cell3"));
    staged.place(figures.getAs("cell5"));
    staged.place(figures.getAs("cell7"));
    staged.text(figures.getAs("page"));
    staged.text(figures.getAs("type"));
    staged.value(figures.getAs("step"));
    staged.value(figures.getAs("n"));
    staged.value(figures.getAs("scoreSum"));
    staged.value(figures.getAs("scoreSquareSum"));
    staged.value(figures.getAs("failures"));
    staged.value(figures.getAs("notPassed"));
    staged.value(figures.getAs("durationMillisSum"));
    staged.line.setCharAt(staged.line.length() - 1, '\n');
    return staged.line.toString();
  }

  /** PostgreSQL's text cannot hold U+0000. */
  public static String storable(String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }

  private void place(String cell) {
    text(cell);
    LatLng centre = cell == null ? null : H3Cells.centre(cell);
    value(centre == null ? null : centre.lat);
    value(centre == null ? null : centre.lng);
  }

  /** Quoted, so that an empty text is not taken for NULL. */
  private void text(String text) {
    value(text == null ? null : '"' + storable(text).replace("\"", "\"\"") + '"');
  }

  private void value(Object value) {
    if (value != null) {
      line.append(value);
    }
    line.append(',');
  }
}
