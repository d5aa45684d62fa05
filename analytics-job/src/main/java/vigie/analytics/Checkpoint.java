// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.execution.streaming.checkpointing.OffsetSeq;
import org.apache.spark.sql.execution.streaming.checkpointing.OffsetSeqLog;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** The streaming query's folder on HDFS: what it has read, and the ids it has seen. */
record Checkpoint(String folder, SparkSession spark) {

  /** The offsets come first: once they are gone the rest counts for nothing. */
  private static final List<String> CONTENT =
      List.of("offsets", "commits", "metadata", "sources", "state");

  private static final ObjectMapper JSON = new ObjectMapper();

  boolean exists() throws IOException {
    return fileSystem().exists(new Path(folder, "metadata"));
  }

  /**
   * The query starts over with a new id and reads everything again. Only what Spark has made is
   * deleted, whatever folder was configured.
   */
  void delete() throws IOException {
    for (String entry : CONTENT) {
      fileSystem().delete(new Path(folder, entry), true);
    }
  }

  /**
   * Whether a batch was ever planned. Before that the folder holds nothing worth keeping, and may
   * hold an initial offset that a crash has cut short: Iceberg does not write it atomically.
   */
  boolean hasBatches() throws IOException {
    Path offsets = new Path(folder, "offsets");
    return fileSystem().exists(offsets)
        && Arrays.stream(fileSystem().listStatus(offsets))
            .anyMatch(file -> file.getPath().getName().matches("\\d+"));
  }

  /** Spark writes this down before a batch runs, so that a replay finds the same. */
  Publication publication(UUID queryId, long batchId) {
    OffsetSeq planned =
        new OffsetSeqLog(spark, folder + "/offsets")
            .get(batchId)
            .getOrElse(
                () -> {
                  throw new IllegalStateException("batch " + batchId + " is not planned");
                });
    long plannedAt = planned.metadata().get().batchTimestampMs();
    return new Publication(queryId, batchId, Instant.ofEpochMilli(plannedAt), snapshots(planned));
  }

  private static Map<EventTable, Long> snapshots(OffsetSeq planned) {
    Iterator<Option<Offset>> offsets = CollectionConverters.asJava(planned.offsets()).iterator();
    Map<EventTable, Long> snapshots = new EnumMap<>(EventTable.class);
    for (EventTable table : EventTable.values()) {
      Option<Offset> offset = offsets.next();
      long snapshot = offset.isEmpty() ? -1 : snapshotId(offset.get().json());
      if (snapshot >= 0) {
        snapshots.put(table, snapshot);
      }
    }
    return snapshots;
  }

  private static long snapshotId(String icebergOffset) {
    try {
      return JSON.readTree(icebergOffset).required("snapshot_id").asLong();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not an offset of Iceberg: " + icebergOffset, e);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(folder).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
