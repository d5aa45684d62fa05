// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.execution.streaming.checkpointing.CommitLog;
import org.apache.spark.sql.execution.streaming.checkpointing.CommitMetadata;
import org.apache.spark.sql.execution.streaming.checkpointing.OffsetSeq;
import org.apache.spark.sql.execution.streaming.checkpointing.OffsetSeqLog;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import vigie.analytics.archive.ArchiveStream;
import vigie.analytics.archive.EventTable;
import vigie.analytics.archive.StreamPosition;

/** The streaming query's folder on HDFS: what it has read, and the ids it has seen. */
public record Checkpoint(String folder, SparkSession spark) {

  /** The offsets come first: once they are gone the rest counts for nothing. */
  private static final List<String> CONTENT =
      List.of("offsets", "commits", "metadata", "sources", "state");

  public boolean exists() throws IOException {
    return fileSystem().exists(new Path(folder, "metadata"));
  }

  /**
   * The query starts over with a new id and reads everything again. Only what Spark has made is
   * deleted, whatever folder was configured.
   */
  public void delete() throws IOException {
    for (String entry : CONTENT) {
      fileSystem().delete(new Path(folder, entry), true);
    }
  }

  /**
   * Whether a batch was ever planned. Before that the folder holds nothing worth keeping, and may
   * hold an initial offset that a crash has cut short.
   */
  public boolean hasBatches() throws IOException {
    Path planned = new Path(folder, "offsets");
    return fileSystem().exists(planned)
        && Arrays.stream(fileSystem().listStatus(planned))
            .anyMatch(file -> file.getPath().getName().matches("\\d+"));
  }

  /**
   * Whether its offsets are those of the tables. A query with more sources wrote a checkpoint that
   * this one cannot read.
   */
  public boolean isOfThisQuery() {
    Option<Tuple2<Object, OffsetSeq>> last =
        new OffsetSeqLog(spark, folder + "/offsets").getLatest();
    return last.isEmpty() || last.get()._2().offsets().size() == EventTable.values().length;
  }

  /** Makes the checkpoint of a new query, which begins with what the tables hold here. */
  public void begin(Map<EventTable, StreamPosition> ends) throws IOException {
    delete();
    for (Map.Entry<EventTable, StreamPosition> entry : ends.entrySet()) {
      try (FSDataOutputStream out = fileSystem().create(beginning(entry.getKey()))) {
        out.write(entry.getValue().json().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** What each {@link ArchiveStream} of this query began with; nothing of an empty table. */
  private Map<EventTable, Long> beginning() throws IOException {
    Map<EventTable, Long> snapshots = new EnumMap<>(EventTable.class);
    for (EventTable table : EventTable.values()) {
      if (fileSystem().exists(beginning(table))) {
        try (FSDataInputStream in = fileSystem().open(beginning(table))) {
          String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          put(snapshots, table, StreamPosition.parse(json));
        }
      }
    }
    return snapshots;
  }

  /**
   * The snapshots from which the streams go on: where the last completed batch ended, for one that
   * was only planned is read again. A caller that expires snapshots keeps these and all later ones.
   */
  public Map<EventTable, Long> standing() throws IOException {
    Option<Tuple2<Object, CommitMetadata>> completed =
        new CommitLog(spark, folder + "/commits").getLatest();
    return completed.isEmpty() ? beginning() : snapshots(planned((Long) completed.get()._1()));
  }

  /**
   * The snapshots that a batch ends with. Spark writes them down before it runs, so that a replay
   * finds the same.
   */
  Map<EventTable, Long> ends(long batchId) throws IOException {
    return snapshots(planned(batchId));
  }

  private OffsetSeq planned(long batchId) {
    return new OffsetSeqLog(spark, folder + "/offsets")
        .get(batchId)
        .getOrElse(
            () -> {
              throw new IllegalStateException("batch " + batchId + " is not planned");
            });
  }

  /** A table that no batch has read yet is as it was at the beginning. */
  private Map<EventTable, Long> snapshots(OffsetSeq planned) throws IOException {
    Iterator<Option<Offset>> offsets = CollectionConverters.asJava(planned.offsets()).iterator();
    Map<EventTable, Long> snapshots = beginning();
    for (EventTable table : EventTable.values()) {
      Option<Offset> offset = offsets.next();
      if (offset.nonEmpty()) {
        put(snapshots, table, StreamPosition.parse(offset.get().json()));
      }
    }
    return snapshots;
  }

  private static void put(
      Map<EventTable, Long> snapshots, EventTable table, StreamPosition position) {
    if (position.isInSnapshot()) {
      snapshots.put(table, position.snapshotId());
    }
  }

  /** Where Iceberg's stream looks for its first offset, and writes it when absent. */
  private Path beginning(EventTable table) {
    return new Path(folder, "sources/%d/offsets/0".formatted(table.source()));
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(folder).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
