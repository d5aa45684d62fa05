// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The last change of each threshold, of those that archive-service keeps. Admins make few, so that
 * all are read without Spark whenever there is a new one.
 *
 * @param snapshotId of the table; empty while it has none
 */
public record Thresholds(Optional<Long> snapshotId, Collection<Change> last) {

  static final TableIdentifier TABLE =
      TableIdentifier.of(EventTable.NAMESPACE, "threshold_changes");

  private static final BinaryOperator<Change> LATER =
      BinaryOperator.maxBy(Comparator.comparing(Change::version));

  /**
   * A threshold that was set or deleted.
   *
   * @param version counts the changes of an exercise; the same may be archived more than once
   * @param threshold null for a deletion
   */
  public record Change(
      String exerciseId, long version, Double threshold, OffsetDateTime changedAt) {

    private static Change of(Record row) {
      return new Change(
          (String) row.getField("exerciseId"),
          (Long) row.getField("version"),
          (Double) row.getField("threshold"),
          (OffsetDateTime) row.getField("changedAt"));
    }
  }

  static Optional<Long> snapshotOf(Table table) {
    return Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId);
  }

  /** Whether the table has not changed since. */
  boolean areOf(Table table) {
    return snapshotId.equals(snapshotOf(table));
  }

  static Thresholds of(Table table) {
    Map<String, Change> last = new HashMap<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      for (Record row : rows) {
        Change change = Change.of(row);
        last.merge(change.exerciseId(), change, LATER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Thresholds(snapshotOf(table), last.values());
  }
}
