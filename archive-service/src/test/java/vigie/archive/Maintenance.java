// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import vigie.archive.table.ArchiveTable;

/** What analytics-job's maintenance does to a table, by Iceberg's core alone. */
final class Maintenance {

  private Maintenance() {}

  /** The same rows in other files. */
  static void compact(Table table, ArchiveTable source) throws Exception {
    RewriteFiles rewrite = table.newRewrite();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> rewrite.deleteFile(task.file()));
    }
    TableWriter writer = new TableWriter(table, source);
    for (Map.Entry<Integer, List<Long>> partition : Rows.offsets(table).entrySet()) {
      for (long offset : partition.getValue()) {
        writer.write(Events.record(partition.getKey(), offset), 0);
      }
    }
    for (DataFile file : writer.complete().files()) {
      rewrite.addFile(file);
    }
    rewrite.commit();
  }

  static void expireAllButTheLastSnapshot(Table table) {
    table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }
}
