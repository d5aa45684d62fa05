// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.hadoop.HadoopInputFile;
import org.apache.iceberg.io.CloseableIterable;
import vigie.warehouse.CommitDeadline;

/**
 * Which files of a table hold what was archived lately. Snapshots could tell, but are soon expired;
 * so the file system does, which knows when a file was written. What compaction has written is
 * young with all that it holds: rather too much is remembered than too little.
 */
final class RecentFiles {

  private RecentFiles() {}

  /** All files as of a snapshot that may have been committed within {@code age} before now. */
  static List<FileScanTask> of(Table table, long snapshotId, Duration age) {
    Configuration hadoop = ((HadoopFileIO) table.io()).conf();
    long since = Instant.now().minus(age).minus(CommitDeadline.AFTER_CREATION).toEpochMilli();
    try (CloseableIterable<FileScanTask> files =
        table.newScan().useSnapshot(snapshotId).planFiles()) {
      return StreamSupport.stream(files.spliterator(), false)
          .filter(task -> written(task, hadoop) >= since)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the files of " + table.name() + " cannot be listed", e);
    }
  }

  private static long written(FileScanTask task, Configuration hadoop) {
    return HadoopInputFile.fromLocation(task.file().location(), hadoop)
        .getStat()
        .getModificationTime();
  }
}
