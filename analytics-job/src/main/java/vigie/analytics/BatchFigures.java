// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What one batch adds: sums only, so that adding batches gives the figures of all events. */
final class BatchFigures {

  private BatchFigures() {}

  /**
   * One row for each exercise and pair of cells, and for each page and type of activity. All levels
   * are rolled up from these rows, so that one pass over the batch is enough.
   */
  static Dataset<Row> of(Dataset<Row> distinctEvents) {
    return distinctEvents
        .groupBy(
            col("exerciseId"),
            cell(Cells.COARSE).as("cell5"),
            cell(Cells.FINE).as("cell7"),
            col("page"),
            col("type"))
        .agg(
            count_if(col("kind").notEqual("alert")).as("n"),
            total(col("score")).as("scoreSum"),
            total(col("score").multiply(col("score"))).as("scoreSquareSum"),
            count_if(col("kind").equalTo("alert")).as("failures"),
            total(col("durationMillis").cast("double")).as("durationMillisSum"));
  }

  private static Column cell(int resolution) {
    return Cells.CELL.apply(col("latitude"), col("longitude"), lit(resolution));
  }

  private static Column total(Column values) {
    return coalesce(sum(values), lit(0.0));
  }
}
