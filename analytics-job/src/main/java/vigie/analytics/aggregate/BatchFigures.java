// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.aggregate;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What one batch adds: sums only, so that adding batches gives the figures of all events. */
public final class BatchFigures {

  /**
   * One row for each exercise, minute and tenth of the score; for each exercise and place; for each
   * exercise and student; for each page, type of activity and step of the time on it. Each result
   * and alert is in the first two, so that the batch is read once. Places come to cells last: there
   * are fewer of them than events.
   */
  private static final String SUMS =
      """
      SELECT exerciseId, minute, decile,
        cell(latitude, longitude, 3) AS cell3,
        cell(latitude, longitude, 5) AS cell5,
        cell(latitude, longitude, 7) AS cell7,
        studentId, page, type, step,
        count_if(kind <> 'alert') AS n,
        coalesce(sum(score), 0D) AS scoreSum,
        coalesce(sum(score * score), 0D) AS scoreSquareSum,
        count_if(kind = 'alert') AS failures,
        count_if(score < %s) AS notPassed,
        coalesce(sum(CAST(durationMillis AS DOUBLE)), 0D) AS durationMillisSum
      FROM (
        SELECT *,
          unix_seconds(date_trunc('MINUTE', %s)) AS minute,
          CAST(if(score >= 100, 9, floor(score / 10)) AS SMALLINT) AS decile,
          CAST(round(log(1.02D, if(durationMillis < 1, 1, durationMillis))) AS SMALLINT) AS step
        FROM batch)
      GROUP BY GROUPING SETS (
        (exerciseId, minute, decile), (exerciseId, latitude, longitude), (exerciseId, studentId),
        (page, type, step))
      HAVING minute IS NOT NULL OR latitude IS NOT NULL OR studentId IS NOT NULL
        OR type IS NOT NULL
      """;

  private BatchFigures() {}

  public static Dataset<Row> of(Dataset<Row> distinctEvents, double passMark) {
    distinctEvents.createOrReplaceTempView("batch");
    return distinctEvents
        .sparkSession()
        .sql(SUMS.formatted(passMark + "D", EventTime.of("occurredAt")));
  }

  /** How many events a row stands for that no other row does. */
  public static long events(Row sums) {
    boolean counted = sums.getAs("minute") != null || sums.getAs("type") != null;
    return counted ? sums.<Long>getAs("n") + sums.<Long>getAs("failures") : 0;
  }
}
