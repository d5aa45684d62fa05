// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import vigie.analytics.aggregate.FullAggregation;
import vigie.analytics.archive.EventTable;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.publish.AdvisoryLock;
import vigie.analytics.publish.Database;
import vigie.analytics.spark.SparkSessions;

/**
 * Computes all figures from scratch, over the very snapshots that the published ones end with, and
 * compares. A driver may go on meanwhile, unless they are to take the published ones' place.
 */
public record Recompute(AnalyticsConfig config, PrintStream out) {

  /** The figures of one kind: the first columns are their key. */
  private record Kind(String name, int keys, String figures) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "exercise",
              1,
              """
              SELECT exercise_id, n, score_sum, score_square_sum, failures, not_passed,
                coalesce(students, 0) AS students
              FROM %1$s.exercise_figures LEFT JOIN %1$s.exercise_students USING (exercise_id)
              """),
          new Kind(
              "minute",
              2,
              """
              SELECT exercise_id, CAST(extract(epoch FROM minute) AS bigint), n, score_sum, failures
              FROM %s.minute_figures
              """),
          new Kind("score", 2, "SELECT exercise_id, decile, n FROM %s.score_figures"),
          new Kind(
              "place", 3, "SELECT exercise_id, resolution, cell, n, failures FROM %s.place_sums"),
          new Kind(
              "activity", 2, "SELECT page, type, n, duration_millis_sum FROM %s.activity_figures"),
          new Kind("dwell", 2, "SELECT page, step, n FROM %s.dwell_figures"));

  /** What is published: the batch, and the snapshots that its figures end with. */
  private record Published(
      long batchId,
      double passMark,
      Map<EventTable, Long> snapshots,
      Optional<Instant> countedFrom) {}

  /**
   * 0 when there is no difference, 1 when there is one or nothing could be compared.
   *
   * @param swap whether the figures take the place of the published ones
   */
  public int run(boolean swap) throws SQLException {
    try (Connection database = Database.of(config).connect()) {
      if (swap && !AdvisoryLock.PUBLISHING.take(database)) {
        out.println("A driver publishes: its figures cannot be replaced before it has ended.");
        return 1;
      }
      database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      database.setAutoCommit(false);
      Optional<Published> published = published(database);
      if (published.isEmpty()) {
        out.println("Nothing is published yet.");
        return 1;
      }
      ShadowTables shadow = new ShadowTables(database);
      recompute(shadow, published.get());
      long differences = 0;
      for (Kind kind : KINDS) {
        differences += compare(database, kind);
      }
      out.println("Difference: " + differences);
      if (swap) {
        shadow.swap(published.get().batchId());
        out.println("Published anew");
        return 0;
      }
      return differences == 0 ? 0 : 1;
    }
  }

  private void recompute(ShadowTables shadow, Published published) throws SQLException {
    SparkSession spark = SparkSessions.open(config.forCommand());
    FullAggregation aggregation =
        new FullAggregation(
            spark, published.passMark(), published.snapshots(), published.countedFrom());
    long rows = aggregation.events();
    ScanProgress progress = new ScanProgress(out, aggregation.readings());
    spark.sparkContext().addSparkListener(progress);
    long start = System.nanoTime();
    try (FullAggregation.Sums sums = aggregation.sums()) {
      long events = shadow.fill(sums);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      out.printf(
          Locale.ROOT,
          "%,d events, %,d of them different, in %.1f s: %,.0f events/s%n",
          rows,
          events,
          time.toMillis() / 1000.0,
          rows * 1000.0 / Math.max(1, time.toMillis()));
    } finally {
      spark.sparkContext().removeSparkListener(progress);
    }
  }

  private long compare(Connection database, Kind kind) throws SQLException {
    FigureSet published =
        FigureSet.of(database, kind.keys(), kind.figures().formatted(ShadowTables.PUBLISHED));
    FigureSet recomputed =
        FigureSet.of(database, kind.keys(), kind.figures().formatted(ShadowTables.SHADOW));
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

  private Optional<Published> published(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT * FROM publication WHERE pass_mark IS NOT NULL")) {
      if (!row.next()) {
        return Optional.empty();
      }
      out.printf(
          "Published: batch %d of query %s, as of %s%n",
          row.getLong("batch_id"), row.getString("query_id"), row.getString("as_of"));
      Map<EventTable, Long> snapshots = new EnumMap<>(EventTable.class);
      for (EventTable table : EventTable.values()) {
        Long snapshot = row.getObject(table.lowerName() + "_snapshot", Long.class);
        if (snapshot != null) {
          snapshots.put(table, snapshot);
        }
      }
      Optional<Instant> countedFrom =
          Optional.ofNullable(row.getObject("counted_from", OffsetDateTime.class))
              .map(OffsetDateTime::toInstant);
      return Optional.of(
          new Published(
              row.getLong("batch_id"), row.getDouble("pass_mark"), snapshots, countedFrom));
    }
  }
}
