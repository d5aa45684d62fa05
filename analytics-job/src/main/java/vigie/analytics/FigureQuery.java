// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.Trigger;

/** The streaming query: new events of the three tables, each id once, summed and published. */
record FigureQuery(
    AnalyticsConfig config, Checkpoint checkpoint, Publisher publisher, Observer observer) {

  /** Told of each batch once its transaction is committed. */
  interface Observer {
    void published(Publication publication, Publisher.Result result, long nanos);
  }

  StreamingQuery start() throws TimeoutException {
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
    return EventTable.streams(checkpoint.spark())
        .union(heartbeat())
        .groupBy(key())
        .as(Encoders.STRING(), Encoders.row(EventTable.ROW))
        .transformWithState(
            new OncePerId(config.duplicateTtl()),
            TimeMode.ProcessingTime(),
            OutputMode.Append(),
            Encoders.row(EventTable.ROW));
  }

  private static Column key() {
    return functions.concat_ws(" ", functions.col("kind"), functions.col("id")).as("key");
  }

  /**
   * One row for each trigger, which is dropped again. Without it a trigger that finds nothing new
   * may run no batch, and nobody would learn that the figures are still true.
   */
  private Dataset<Row> heartbeat() {
    return checkpoint
        .spark()
        .readStream()
        .format("rate-micro-batch")
        .option("rowsPerBatch", 1)
        .option("numPartitions", 1)
        .load()
        .filter("value < 0")
        .selectExpr(EventTable.nothing());
  }

  private void publish(Dataset<Row> events, long batchId) throws IOException, SQLException {
    long start = System.nanoTime();
    Publication publication = checkpoint.publication(queryId(), batchId);
    Publisher.Result result =
        publisher.publish(
            publication, BatchFigures.of(events, config.passMark()).toLocalIterator());
    observer.published(publication, result, System.nanoTime() - start);
  }

  /** Spark sets it on the thread that runs the query's batches. */
  private UUID queryId() {
    return UUID.fromString(
        checkpoint.spark().sparkContext().getLocalProperty("sql.streaming.queryId"));
  }
}
