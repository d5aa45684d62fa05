// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.stream;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vigie.analytics.aggregate.BatchFigures;
import vigie.analytics.aggregate.FullAggregation;
import vigie.analytics.archive.ArchiveTables;
import vigie.analytics.archive.AsOf;
import vigie.analytics.archive.EventTable;
import vigie.analytics.archive.Thresholds;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.publish.Publication;
import vigie.analytics.publish.Publisher;
import vigie.analytics.publish.StagingTable;

/**
 * The streaming query: new events of the three tables, each id once, summed and published. What the
 * archive holds when the query is new is counted from scratch, as its first batch.
 */
public record FigureQuery(
    AnalyticsConfig config, Checkpoint checkpoint, Publisher publisher, Observer observer) {

  private static final Logger LOG = LoggerFactory.getLogger(FigureQuery.class);

  /** Told of each batch once its transaction is committed. */
  public interface Observer {
    void published(Publication publication, Publisher.Result result, long nanos);
  }

  public StreamingQuery start() throws TimeoutException {
    VoidFunction2<Dataset<Row>, Long> publish = this::publish;
    return newEvents()
        .writeStream()
        .queryName("figures")
        .option("checkpointLocation", checkpoint.folder())
        .trigger(Trigger.ProcessingTime(config.interval().toMillis()))
        .foreachBatch(publish)
        .start();
  }

  private Dataset<Row> newEvents() {
    return EventTable.streams(checkpoint.spark(), config.duplicateTtl(), publisher.countedFrom())
        .groupBy(key())
        .as(Encoders.STRING(), Encoders.row(EventTable.ROW))
        .transformWithState(
            new DeduplicateById(config.duplicateTtl()),
            TimeMode.ProcessingTime(),
            OutputMode.Append(),
            Encoders.row(EventTable.ROW));
  }

  private static Column key() {
    return functions.concat_ws(" ", functions.col("kind"), functions.col("id")).as("key");
  }

  private void publish(Dataset<Row> events, long batchId) throws IOException, SQLException {
    long start = System.nanoTime();
    Publication publication = publication(batchId);
    Publisher.Result result = publisher.publish(publication, figures(events, publication));
    observer.published(publication, result, System.nanoTime() - start);
    if (publication.isFirst()) {
      remember(events);
    }
  }

  private Publication publication(long batchId) throws IOException {
    Map<EventTable, Long> ends = checkpoint.ends(batchId);
    try (ArchiveTables tables = new ArchiveTables(checkpoint.spark(), config)) {
      Map<EventTable, Long> counted = batchId == 0 ? tables.sequences(ends) : Map.of();
      AsOf asOf = tables.asOf(ends);
      Optional<Thresholds> thresholds = tables.thresholds(publisher.thresholds());
      return new Publication(queryId(), batchId, asOf, thresholds, counted, ends);
    }
  }

  private Publisher.Figures figures(Dataset<Row> events, Publication publication)
      throws IOException {
    if (!publication.isFirst()) {
      return staging -> staging.fill(BatchFigures.of(events, config.passMark()));
    }
    if (nothingIsArchived(publication)) {
      return staging -> 0;
    }
    return staging -> fromScratch(events.sparkSession(), publication, staging);
  }

  /** As on the first day: then figures cost none of Spark's work, and are there at once. */
  private boolean nothingIsArchived(Publication publication) throws IOException {
    try (ArchiveTables tables = new ArchiveTables(checkpoint.spark(), config)) {
      return tables.wereEmpty(publication.snapshots());
    }
  }

  /** All of this exam that the archive holds as of the snapshots that the batch ends with. */
  private long fromScratch(SparkSession spark, Publication publication, StagingTable staging)
      throws SQLException {
    FullAggregation all =
        new FullAggregation(
            spark, config.passMark(), publication.snapshots(), publisher.countedFrom());
    LOG.info("Counting all that is archived: {} events", all.events());
    try (FullAggregation.Sums sums = all.sums()) {
      return staging.fill(sums);
    }
  }

  /**
   * Has {@link DeduplicateById} see the events, which are counted. A driver that dies meanwhile
   * finds the figures published and the batch not completed, and does this again.
   */
  private static void remember(Dataset<Row> events) {
    events.write().format("noop").mode(SaveMode.Overwrite).save();
  }

  /** Spark sets it on the thread that runs the query's batches. */
  private UUID queryId() {
    return UUID.fromString(
        checkpoint.spark().sparkContext().getLocalProperty("sql.streaming.queryId"));
  }
}
