// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.iceberg.spark.source.SparkMicroBatchStream;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;

/**
 * What a table held when the checkpoint was made, as far as ids of it are remembered, then what is
 * appended to it. Iceberg's stream reads what each snapshot added, and of the snapshots some are
 * gone to expiry; so the first batch of a new query reads the table as of the snapshot that the
 * checkpoint begins with, and the stream goes on behind it.
 */
public final class ArchiveStream implements MicroBatchStream, SupportsAdmissionControl {

  private final SparkMicroBatchStream appended;
  private final LongFunction<InputPartition[]> heldAsOf;

  /**
   * @param heldAsOf gives what is remembered of what the table held as of a snapshot
   */
  ArchiveStream(SparkMicroBatchStream appended, LongFunction<InputPartition[]> heldAsOf) {
    this.appended = appended;
    this.heldAsOf = heldAsOf;
  }

  /** Where a new query stands: before all that the table holds. No batch ends here. */
  private static final class Before extends Offset {

    @Override
    public String json() {
      return "\"before\"";
    }
  }

  @Override
  public Offset initialOffset() {
    return begin().isInSnapshot() ? new Before() : appended.initialOffset();
  }

  @Override
  public Offset latestOffset(Offset start, ReadLimit limit) {
    if (!(start instanceof Before)) {
      return appended.latestOffset(start, limit);
    }
    Offset latest = appended.latestOffset(appended.initialOffset(), limit);
    return latest == null ? appended.initialOffset() : latest;
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    if (!(start instanceof Before)) {
      return appended.planInputPartitions(start, end);
    }
    InputPartition[] held = heldAsOf.apply(begin().snapshotId());
    InputPartition[] since = appended.planInputPartitions(appended.initialOffset(), end);
    return Stream.of(held, since).flatMap(Arrays::stream).toArray(InputPartition[]::new);
  }

  /** Reads both: what Iceberg plans for a stream and for a table is of one kind. */
  @Override
  public PartitionReaderFactory createReaderFactory() {
    return appended.createReaderFactory();
  }

  @Override
  public Offset latestOffset() {
    return appended.latestOffset();
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    return appended.getDefaultReadLimit();
  }

  @Override
  public Offset deserializeOffset(String json) {
    return appended.deserializeOffset(json);
  }

  @Override
  public void commit(Offset end) {
    appended.commit(end);
  }

  @Override
  public void stop() {
    appended.stop();
  }

  private StreamPosition begin() {
    return StreamPosition.parse(appended.initialOffset().json());
  }
}
