// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.aggregate;

import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;
import vigie.analytics.archive.ErasedRow;
import vigie.analytics.archive.EventTable;

/**
 * The sums of all that the archive holds as of some snapshots, as {@link BatchFigures} has them of
 * one batch, with none of the streaming query's code.
 *
 * <p>An event that was sent again is taken away again: it costs less to find the few ids that came
 * more than once, by hashes, than to bring all events into the order of their ids.
 */
public final class FullAggregation {

  /** How often a table is read: for its ids, for its sums, and for what came more than once. */
  private static final int READINGS = 3;

  /** Of what came more than once all but the first; a hash is seldom that of two ids. */
  private static final String COPIES =
      """
      SELECT * EXCEPT (copy) FROM (
        SELECT /*+ BROADCAST(suspects) */ %1$s.*,
          row_number() OVER (PARTITION BY id ORDER BY appendedAt, kafkaOffset) AS copy
        FROM %1$s LEFT SEMI JOIN %1$s_suspects AS suspects ON xxhash64(id) = value)
      WHERE copy > 1
      """;

  /**
   * Places come to cells last: there are far fewer of them than events. A copy that was taken away
   * may have been alone in its minute, or in its step of the time on a page.
   */
  private static final String SUMS =
      """
      SELECT exerciseId, minute, decile,
        cell(latitude, longitude, 3) AS cell3,
        cell(latitude, longitude, 5) AS cell5,
        cell(latitude, longitude, 7) AS cell7,
        CAST(NULL AS STRING) AS studentId, NULL AS page, NULL AS type, NULL AS step,
        sum(n) AS n, sum(scoreSum) AS scoreSum, sum(scoreSquareSum) AS scoreSquareSum,
        sum(failures) AS failures, sum(notPassed) AS notPassed, 0D AS durationMillisSum
      FROM tally WHERE sketch IS NULL
      GROUP BY exerciseId, minute, decile, latitude, longitude
      HAVING sum(n) <> 0 OR sum(failures) <> 0
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, page, type, step,
        sum(weight), 0D, 0D, 0, 0, coalesce(sum(weight * CAST(durationMillis AS DOUBLE)), 0D)
      FROM (
        SELECT *,
          CAST(round(log(1.02D, if(durationMillis < 1, 1, durationMillis))) AS SMALLINT) AS step
        FROM (
          SELECT page, type, durationMillis, 1 AS weight FROM activity
          UNION ALL SELECT page, type, durationMillis, -1 FROM activity_copies))
      GROUP BY page, type, step
      HAVING sum(weight) <> 0
      """;

  private final SparkSession spark;
  private final double passMark;

  /**
   * @param snapshots none for a table that was empty
   * @param countedFrom events that were appended before are left out
   */
  public FullAggregation(
      SparkSession spark,
      double passMark,
      Map<EventTable, Long> snapshots,
      Optional<Instant> countedFrom) {
    this.spark = spark;
    this.passMark = passMark;
    for (EventTable table : EventTable.values()) {
      Long snapshot = snapshots.get(table);
      Dataset<Row> events =
          snapshot == null ? spark.table(table.path()).limit(0) : table.asOf(spark, snapshot);
      events = EventTable.appendedSince(countedFrom, events);
      events.createOrReplaceTempView(archived(table));
      events.filter(ErasedRow.not(table)).createOrReplaceTempView(table.lowerName());
    }
  }

  /**
   * The events that the snapshots hold, repetitions and forgotten ones too. While no exam is
   * closed, nothing is read.
   */
  public long events() {
    return Arrays.stream(EventTable.values()).mapToLong(this::count).sum();
  }

  /** Rows that are read at most. */
  public long readings() {
    return READINGS * events();
  }

  /** What the sums of all events are read from; who asks for it closes it. */
  public Sums sums() {
    for (EventTable table : EventTable.values()) {
      String name = table.lowerName();
      Dataset<Row> hashes = spark.sql("SELECT xxhash64(id) FROM " + name);
      List<Long> suspects = DuplicateIds.among(rows(hashes), count(table));
      spark.createDataset(suspects, Encoders.LONG()).createOrReplaceTempView(suspects(table));
      Dataset<Row> copies =
          suspects.isEmpty() ? spark.table(name).limit(0) : spark.sql(COPIES.formatted(name));
      copies.createOrReplaceTempView(name + "_copies");
    }
    JavaRDD<Row> parts =
        results("results", 1)
            .union(alerts("alerts", 1))
            .union(results("results_copies", -1))
            .union(alerts("alerts_copies", -1));
    Dataset<Row> tally =
        spark
            .createDataFrame(parts, PartitionAggregator.SUMS)
            .persist(StorageLevel.MEMORY_AND_DISK());
    tally.createOrReplaceTempView("tally");
    return new Sums(spark, tally);
  }

  /**
   * What a reading of all events has come to.
   *
   * @param tally is kept, for both are made of it, and let go with the ids that came more than once
   */
  public record Sums(SparkSession spark, Dataset<Row> tally) implements AutoCloseable {

    public Iterator<Row> figures() {
      return spark.sql(SUMS).toLocalIterator();
    }

    /** Of some exercise, which comes more than once: its id and a sketch of its students. */
    public Iterator<Row> students() {
      return spark
          .sql("SELECT exerciseId, sketch FROM tally WHERE sketch IS NOT NULL")
          .toLocalIterator();
    }

    @Override
    public void close() {
      tally.unpersist();
      for (EventTable table : EventTable.values()) {
        spark.catalog().dropTempView(suspects(table));
      }
    }
  }

  private JavaRDD<Row> results(String view, int weight) {
    return tally(
        PartitionAggregator.EVENTS.formatted(view, EventTime.of("timestamp"), "score", "studentId"),
        weight);
  }

  private JavaRDD<Row> alerts(String view, int weight) {
    return tally(
        PartitionAggregator.EVENTS.formatted(
            view, EventTime.of("occurredAt"), "CAST(NULL AS DOUBLE)", "CAST(NULL AS STRING)"),
        weight);
  }

  private JavaRDD<Row> tally(String events, int weight) {
    double mark = passMark;
    return rows(spark.sql(events))
        .mapPartitions(rows -> PartitionAggregator.of(rows, mark, weight));
  }

  /** As Spark has them within: no object is made for each. */
  private static JavaRDD<InternalRow> rows(Dataset<Row> data) {
    return data.queryExecution().toRdd().toJavaRDD();
  }

  private long count(EventTable table) {
    return spark.table(archived(table)).count();
  }

  private static String suspects(EventTable table) {
    return table.lowerName() + "_suspects";
  }

  private static String archived(EventTable table) {
    return table.lowerName() + "_archived";
  }
}
