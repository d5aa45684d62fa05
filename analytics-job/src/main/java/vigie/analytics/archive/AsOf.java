// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.SnapshotUtil;
import vigie.warehouse.Completeness;

/**
 * Up to when figures hold everything, by the brokers' clock: the least of what the tables that they
 * rest on declare. No clock of this job has a part in it.
 *
 * @param instant empty while a table declares nothing
 * @param heldBackBy the table, and the partition if it is known, that the instant is of
 */
public record AsOf(Optional<Instant> instant, String heldBackBy) {

  /** What declares nothing comes first. */
  static final Comparator<AsOf> EARLIEST_FIRST =
      Comparator.comparing(asOf -> asOf.instant().orElse(Instant.MIN));

  /**
   * @param snapshotId that figures of the table end with; null if it had none
   */
  static AsOf of(TableIdentifier name, Table table, Long snapshotId) {
    return completeness(table, snapshotId)
        .map(
            least ->
                new AsOf(
                    Optional.of(least.until()),
                    "%s, partition %d".formatted(name, least.partition())))
        .orElseGet(() -> new AsOf(Optional.empty(), name.toString()));
  }

  /**
   * The table's properties may declare the completeness of rows that are in no figure. They count
   * only if no row came since; otherwise what the table declared by its commit does.
   */
  private static Optional<Completeness> completeness(Table table, Long snapshotId) {
    if (hasNoRowSince(table, snapshotId)) {
      return Completeness.in(table.properties());
    }
    if (snapshotId == null) {
      return Optional.empty();
    }
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(snapshotId, table::snapshot)) {
      String declared = snapshot.summary().get(Completeness.SUMMARY);
      if (declared != null) {
        return Optional.of(Completeness.parse(declared));
      }
    }
    return Optional.empty();
  }

  private static boolean hasNoRowSince(Table table, Long snapshotId) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (Objects.equals(snapshot.snapshotId(), snapshotId)) {
        return true;
      }
      if (addsRows(snapshot)) {
        return false;
      }
    }
    return snapshotId == null;
  }

  private static boolean addsRows(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return snapshot.operation().equals(DataOperations.APPEND)
        && !summary.getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0").equals("0");
  }
}
