// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.archive;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.TypeUtil;
import vigie.faults.harness.ArchiveSystems;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;

/** The tables as anybody sees them; safe for use by several threads. */
final class Tables implements AutoCloseable {

  static final TableIdentifier ARCHIVE = TableIdentifier.of("exam", "results");

  private final ArchiveCatalog archive;

  /** Of the sink. */
  private final HadoopCatalog others;

  Tables(ArchiveSystems systems) {
    archive = systems.catalog();
    others = new HadoopCatalog(new Configuration(), systems.warehouse());
  }

  /**
   * What the current snapshot says of itself.
   *
   * @param bytes of all data files
   */
  record Extent(long rows, long files, long bytes) {

    private static Extent of(Snapshot snapshot) {
      if (snapshot == null) {
        return new Extent(0, 0, 0);
      }
      Map<String, String> summary = snapshot.summary();
      return new Extent(
          Long.parseLong(summary.get(SnapshotSummary.TOTAL_RECORDS_PROP)),
          Long.parseLong(summary.get(SnapshotSummary.TOTAL_DATA_FILES_PROP)),
          Long.parseLong(summary.get(SnapshotSummary.TOTAL_FILE_SIZE_PROP)));
    }
  }

  Extent extent(TableIdentifier table) {
    Catalog catalog = table.equals(ARCHIVE) ? archive : others;
    return Extent.of(catalog.loadTable(table).currentSnapshot());
  }

  /**
   * Makes a table like that of archive-service, by the same properties, but for the two columns
   * that say where in Kafka a row came from, which the sink does not know.
   */
  void createLikeArchive(TableIdentifier table) {
    Table model = archive.loadTable(ARCHIVE);
    Schema columns =
        TypeUtil.selectNot(
            model.schema(),
            TypeUtil.getProjectedIds(
                model
                    .schema()
                    .select(ArchivedOffsets.KAFKA_PARTITION, ArchivedOffsets.KAFKA_OFFSET)));
    Object unused =
        others
            .buildTable(table, columns)
            .withPartitionSpec(PartitionSpec.builderFor(columns).day("timestamp").build())
            .withProperties(settings(model))
            .create();
  }

  private static Map<String, String> settings(Table archive) {
    return archive.properties().entrySet().stream()
        .filter(property -> property.getKey().startsWith("write."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public void close() throws IOException {
    archive.close();
    others.close();
  }
}
