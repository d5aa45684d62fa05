// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.TableIdentifier;
import vigie.warehouse.ArchivedOffsets;

/** A topic and the table that keeps it. */
public interface ArchiveTable {

  String topic();

  String name();

  /** The record's content, then its place in Kafka. */
  Schema columns();

  /**
   * By the broker's clock. A laptop's may be any, and each day of it would be a file of its own.
   */
  default PartitionSpec partitioning() {
    return PartitionSpec.builderFor(columns()).day(ArchivedOffsets.APPENDED_AT).build();
  }

  /** That of the rows in a compacted file; a writer leaves them as they come. */
  SortOrder sorting();

  /**
   * The view through which a record is a row.
   *
   * @param table the schema of the table as it is, which may have further columns
   */
  RecordRow row(Schema table);

  /** Whether figures rest on it, so that it declares its completeness also while it is idle. */
  default boolean isOfFigures() {
    return false;
  }

  default TableIdentifier identifier() {
    return TableIdentifier.of("exam", name());
  }
}
