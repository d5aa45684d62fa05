// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Computes all figures from scratch, with none of the streaming query's code, over the very
 * snapshots that the published figures end with: the driver may go on meanwhile.
 */
record Recompute(AnalyticsConfig config, PrintStream out) {

  /** All results and alerts by what figures are kept for, in one reading of the archive. */
  private static final String SUMS =
      """
      SELECT exerciseId, minute, decile, cell5, cell7, grouping(minute) AS byPlace,
        sum(result) AS results, sum(alert) AS alerts,
        coalesce(sum(score), 0D) AS scores, coalesce(sum(score * score), 0D) AS squares
      FROM (
        SELECT *,
          unix_seconds(date_trunc('MINUTE', occurredAt)) AS minute,
          if(score >= 100, 9, floor(score / 10)) AS decile,
          cell(latitude, longitude, 5) AS cell5,
          cell(latitude, longitude, 7) AS cell7
        FROM judged)
      GROUP BY GROUPING SETS ((exerciseId, minute, decile), (exerciseId, cell5, cell7))
      """;

  /** The figures of one kind, as PostgreSQL has them and as Spark computes them. */
  private record Kind(String name, int keys, String published, String recomputed) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "exercise",
              1,
              "SELECT exercise_id, n, score_sum, score_square_sum, failures FROM exercise_figures",
              """
              SELECT exerciseId, sum(results), sum(scores), sum(squares), sum(alerts)
              FROM sums WHERE byPlace = 0 GROUP BY exerciseId
              """),
          new Kind(
              "minute",
              2,
              """
              SELECT exercise_id, CAST(extract(epoch FROM minute) AS bigint), n, score_sum, failures
              FROM minute_figures
              """,
              """
              SELECT exerciseId, minute, sum(results), sum(scores), sum(alerts)
              FROM sums WHERE byPlace = 0 GROUP BY exerciseId, minute
              """),
          new Kind(
              "score",
              2,
              "SELECT exercise_id, decile, n FROM score_figures",
              """
              SELECT exerciseId, decile, sum(results)
              FROM sums WHERE decile IS NOT NULL GROUP BY exerciseId, decile
              """),
          new Kind(
              "place",
              3,
              "SELECT exercise_id, resolution, cell, n, failures FROM place_figures",
              """
              SELECT exerciseId, 5, cell5, sum(results), sum(alerts)
              FROM sums WHERE cell5 IS NOT NULL GROUP BY exerciseId, cell5
              UNION ALL
              SELECT exerciseId, 7, cell7, results, alerts FROM sums WHERE cell7 IS NOT NULL
              """),
          new Kind(
              "activity",
              2,
              "SELECT page, type, n, duration_millis_sum FROM activity_figures",
              """
              SELECT page, type, count(*), coalesce(sum(CAST(durationMillis AS DOUBLE)), 0D)
              FROM activity GROUP BY page, type
              """));

  /** 0 when there is no difference, 1 when there is one or nothing is published. */
  int run() throws SQLException {
    try (Connection database = Database.of(config).connect()) {
      database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      database.setReadOnly(true);
      database.setAutoCommit(false);
      SparkSession spark = Engine.open(config.withoutUi());
      if (!openSnapshots(database, spark)) {
        out.println("Nothing is published yet.");
        return 1;
      }
      Dataset<Row> sums = spark.sql(SUMS).persist();
      try {
        sums.createOrReplaceTempView("sums");
        long differences = 0;
        for (Kind kind : KINDS) {
          differences += compare(database, spark, kind);
        }
        out.println("Difference: " + differences);
        return differences == 0 ? 0 : 1;
      } finally {
        sums.unpersist();
      }
    }
  }

  private long compare(Connection database, SparkSession spark, Kind kind) throws SQLException {
    FigureSet published = FigureSet.of(database, kind.keys(), kind.published());
    FigureSet recomputed = FigureSet.of(kind.keys(), spark.sql(kind.recomputed()));
    List<String> differences = Difference.between(published, recomputed);
    if (kind.name().equals("exercise")) {
      recomputed
          .values()
          .forEach(
              (key, values) ->
                  out.printf(
                      "exercise %s: %s%n", key, Difference.describe(published.names(), values)));
    }
    differences.forEach(line -> out.println("DIFFERENT " + kind.name() + " " + line));
    out.printf(
        "%s figures: %d compared, %d differ%n",
        kind.name(), recomputed.values().size(), differences.size());
    return differences.size();
  }

  private boolean openSnapshots(Connection database, SparkSession spark) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM publication")) {
      if (!row.next()) {
        return false;
      }
      out.printf(
          "Published: batch %d of query %s, as of %s%n",
          row.getLong("batch_id"), row.getString("query_id"), row.getString("as_of"));
      for (EventTable table : EventTable.values()) {
        Long snapshot = row.getObject(table.lowerName() + "_snapshot", Long.class);
        distinct(spark, table, snapshot).createOrReplaceTempView(table.lowerName());
      }
    }
    spark
        .sql(
            """
            SELECT exerciseId, timestamp AS occurredAt, latitude, longitude, score,
              1 AS result, 0 AS alert
            FROM results
            UNION ALL
            SELECT exerciseId, occurredAt, latitude, longitude, NULL, 0, 1 FROM alerts
            """)
        .createOrReplaceTempView("judged");
    return true;
  }

  private static Dataset<Row> distinct(SparkSession spark, EventTable table, Long snapshot) {
    Dataset<Row> events =
        snapshot == null ? spark.table(table.path()).limit(0) : table.asOf(spark, snapshot);
    return events.dropDuplicates("id");
  }
}
