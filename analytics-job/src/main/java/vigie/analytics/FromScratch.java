// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The sums of all that the archive holds as of some snapshots, as {@link BatchFigures} has them of
 * one batch, with none of the streaming query's code.
 *
 * <p>An event that was sent again is taken away again: it costs less to find the few ids that came
 * more than once, by hashes, than to bring all events into the order of their ids.
 */
record FromScratch(SparkSession spark, double passMark) {

  /** Of a table the hashes that several rows have: of equal ids, or seldom by chance. */
  private static final String SUSPECTS =
      "SELECT xxhash64(id) AS hash FROM %s GROUP BY hash HAVING count(*) > 1";

  /** Every row counts once, and every repetition of one counts -1 besides. */
  private static final String WEIGHED =
      """
      SELECT *, 1 AS weight FROM %1$s
      UNION ALL
      SELECT * EXCEPT (copy), -1 FROM (
        SELECT /*+ BROADCAST(suspects) */ %1$s.*,
          row_number() OVER (PARTITION BY id ORDER BY id) AS copy
        FROM %1$s LEFT SEMI JOIN %1$s_suspects AS suspects ON xxhash64(id) = hash)
      WHERE copy > 1
      """;

  /** Places come to cells last: there are far fewer of them than events. */
  private static final String SUMS =
      """
      WITH judged AS (
        SELECT exerciseId, latitude, longitude, timestamp AS occurredAt, score,
          weight AS result, 0 AS alert
        FROM results_weighed
        UNION ALL
        SELECT exerciseId, latitude, longitude, occurredAt, NULL, 0, weight
        FROM alerts_weighed),
      judgedSums AS (
        SELECT exerciseId, minute, decile, latitude, longitude,
          sum(result) AS n,
          coalesce(sum(result * score), 0D) AS scoreSum,
          coalesce(sum(result * score * score), 0D) AS scoreSquareSum,
          sum(alert) AS failures,
          coalesce(sum(if(score < %s, result, 0)), 0) AS notPassed
        FROM (
          SELECT *,
            unix_seconds(occurredAt) - pmod(unix_seconds(occurredAt), 60) AS minute,
            CAST(if(score >= 100, 9, floor(score / 10)) AS SMALLINT) AS decile
          FROM judged)
        GROUP BY GROUPING SETS (
          (exerciseId, minute, decile), (exerciseId, latitude, longitude)))
      SELECT exerciseId, minute, decile,
        cell(latitude, longitude, 3) AS cell3,
        cell(latitude, longitude, 5) AS cell5,
        cell(latitude, longitude, 7) AS cell7,
        CAST(NULL AS STRING) AS studentId, NULL AS page, NULL AS type, NULL AS step,
        sum(n) AS n, sum(scoreSum) AS scoreSum, sum(scoreSquareSum) AS scoreSquareSum,
        sum(failures) AS failures, sum(notPassed) AS notPassed, 0D AS durationMillisSum
      FROM judgedSums
      GROUP BY exerciseId, minute, decile, cell3, cell5, cell7
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, page, type, step,
        sum(weight), 0D, 0D, 0, 0, coalesce(sum(weight * CAST(durationMillis AS DOUBLE)), 0D)
      FROM (
        SELECT *,
          CAST(round(log(1.02D, if(durationMillis < 1, 1, durationMillis))) AS SMALLINT) AS step
        FROM activity_weighed)
      GROUP BY GROUPING SETS ((page, type), (page, step))
      """;

  private static final String STUDENTS =
      "SELECT exerciseId, students(studentId) AS sketch FROM results GROUP BY exerciseId";

  /**
   * @param snapshots none for a table that was empty
   */
  Dataset<Row> sums(Map<EventTable, Long> snapshots) {
    for (EventTable table : EventTable.values()) {
      String name = table.lowerName();
      Long snapshot = snapshots.get(table);
      Dataset<Row> events =
          snapshot == null ? spark.table(table.path()).limit(0) : table.asOf(spark, snapshot);
      events.createOrReplaceTempView(name);
      spark.sql(SUSPECTS.formatted(name)).createOrReplaceTempView(name + "_suspects");
      spark.sql(WEIGHED.formatted(name)).createOrReplaceTempView(name + "_weighed");
    }
    return spark.sql(SUMS.formatted(passMark + "D"));
  }

  /** Of each exercise, in the snapshots of {@link #sums}: its id and the sketch of its students. */
  Iterator<Row> students() {
    spark.udf().register("students", functions.udaf(new StudentSketch(), Encoders.STRING()));
    return spark.sql(STUDENTS).toLocalIterator();
  }

  /** Rows that are read: for suspects, for sums, for repetitions, and for students. */
  long readings() {
    return 3 * events() + spark.table(EventTable.RESULTS.lowerName()).count();
  }

  /** The events that the snapshots of {@link #sums} hold, repetitions too; nothing is read. */
  long events() {
    return Arrays.stream(EventTable.values())
        .mapToLong(table -> spark.table(table.lowerName()).count())
        .sum();
  }
}
