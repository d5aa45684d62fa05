// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.SparkSession;

/** What archive-service has made so far. */
final class ArchiveTables implements AutoCloseable {

  private final HadoopCatalog catalog;

  ArchiveTables(SparkSession spark, String warehouse) {
    catalog = new HadoopCatalog(spark.sparkContext().hadoopConfiguration(), warehouse);
  }

  List<EventTable> missing() {
    return Arrays.stream(EventTable.values())
        .filter(table -> !catalog.tableExists(table.identifier()))
        .toList();
  }

  /**
   * A stream begins at the oldest snapshot that is kept, and reads what that one added: figures
   * counted from a history that has been cut would silently lack what came before.
   */
  void requireWholeHistory() {
    for (EventTable table : EventTable.values()) {
      Table events = catalog.loadTable(table.identifier());
      if (events.currentSnapshot() != null
          && SnapshotUtil.oldestAncestor(events).parentId() != null) {
        throw new IllegalStateException(
            "%s has lost its first snapshots to expiry, and the checkpoint is new: figures cannot be"
                    .formatted(table.identifier())
                + " counted from the start; bring the old checkpoint back");
      }
    }
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
