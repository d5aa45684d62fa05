// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.maintenance;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.actions.SizeBasedFileRewritePlanner;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.iceberg.util.Tasks;
import org.apache.spark.sql.SparkSession;
import vigie.analytics.config.MaintenanceConfig;
import vigie.warehouse.OrphanFence;

/**
 * What is done for one table, by Iceberg's own actions. They commit through the table, so by the
 * protocol of the caller that loaded it. None of them touches the properties that hold the offsets.
 */
public record TableMaintenance(SparkSession spark, MaintenanceConfig config, Table table) {

  /** Fewer are quick to read, and archive-service merges its own from 100 on. */
  private static final int MANY_MANIFESTS = 10;

  private static final int MOST_TRIES = 5;

  /**
   * Small files of a day become one, sorted as the table says.
   *
   * @return files that were rewritten
   */
  long compact() {
    if (table.currentSnapshot() == null) {
      return 0;
    }
    RewriteDataFiles rewrite = SparkActions.get(spark).rewriteDataFiles(table);
    return (table.sortOrder().isSorted() ? rewrite.sort() : rewrite)
        .option(
            SizeBasedFileRewritePlanner.TARGET_FILE_SIZE_BYTES,
            Long.toString((long) config.fileMegabytes() << 20))
        // One at a time leaves processors to the figures.
        .option(RewriteDataFiles.MAX_CONCURRENT_FILE_GROUP_REWRITES, "1")
        .execute()
        .rewrittenDataFilesCount();
  }

  /**
   * Manifests are sorted by day, so that a query reads those of its days only. Where a writer has
   * merged some of them meanwhile, Iceberg refuses, and it is done again with those there are.
   *
   * @return manifests that were replaced
   */
  long rewriteManifests() {
    AtomicLong replaced = new AtomicLong();
    Tasks.foreach(table)
        .retry(MOST_TRIES - 1)
        .onlyRetryOn(ValidationException.class)
        .throwFailureWhenFinished()
        .run(all -> replaced.set(rewriteManifestsOnce()));
    return replaced.get();
  }

  private long rewriteManifestsOnce() {
    table.refresh();
    Snapshot current = table.currentSnapshot();
    if (current == null || current.allManifests(table.io()).size() < MANY_MANIFESTS) {
      return 0;
    }
    return count(SparkActions.get(spark).rewriteManifests(table).execute().rewrittenManifests());
  }

  /**
   * Snapshots are forgotten, and the files that only they need deleted.
   *
   * @param standing the snapshot that a reader goes on from, if one does: it and all later ones
   *     stay
   * @return data files that were deleted
   */
  long expire(OptionalLong standing) {
    long before = expiresBefore(standing);
    if (table.currentSnapshot() == null
        || SnapshotUtil.oldestAncestor(table).timestampMillis() >= before) {
      return 0;
    }
    return SparkActions.get(spark)
        .expireSnapshots(table)
        .expireOlderThan(before)
        .retainLast(1)
        .execute()
        .deletedDataFilesCount();
  }

  /** Writers' clocks differ: a later snapshot may bear an earlier time. */
  private long expiresBefore(OptionalLong standing) {
    long before = Instant.now().minus(config.snapshotAge()).toEpochMilli();
    if (standing.isPresent()) {
      for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
        before = Math.min(before, snapshot.timestampMillis());
        if (snapshot.snapshotId() == standing.getAsLong()) {
          break;
        }
      }
    }
    return before;
  }

  /**
   * Files that no snapshot names are deleted once no writer can commit them any more.
   *
   * @return files that were deleted
   */
  public long removeOrphans() {
    Instant before = OrphanFence.raise(table, config.orphanAge());
    if (!holdsFilesFrom(before)) {
      return 0;
    }
    return count(
        SparkActions.get(spark)
            .deleteOrphanFiles(table)
            .olderThan(before.toEpochMilli())
            .execute()
            .orphanFileLocations());
  }

  /** Whether any file is so old. Of an archive of some days the first ones listed are. */
  private boolean holdsFilesFrom(Instant before) {
    String folder = table.location();
    for (FileInfo file : ((HadoopFileIO) table.io()).listPrefix(folder)) {
      if (file.createdAtMillis() < before.toEpochMilli()) {
        return true;
      }
    }
    return false;
  }

  private static long count(Iterable<?> all) {
    return StreamSupport.stream(all.spliterator(), false).count();
  }
}
