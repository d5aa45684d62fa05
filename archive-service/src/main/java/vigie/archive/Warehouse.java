// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import vigie.archive.table.ArchiveTable;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.CatalogAddress;
import vigie.warehouse.ClusterSettings;

/** The Iceberg tables on HDFS. */
@Singleton
final class Warehouse implements AutoCloseable {

  private static final Map<String, String> NEW_TABLE =
      Map.of(
          TableProperties.PARQUET_COMPRESSION, "zstd",
          TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Integer.toString(32 << 20),
          // Room for the names of exercises and pages. Of a column whose values hardly repeat each
          // would be looked up until the dictionary is full, which took a third of all the time.
          TableProperties.PARQUET_DICT_SIZE_BYTES, Integer.toString(64 << 10),
          // Instances and maintenance replace each other's metadata; the one that loses retries.
          TableProperties.COMMIT_NUM_RETRIES, "20",
          TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "50",
          TableProperties.COMMIT_MAX_RETRY_WAIT_MS, "2000",
          // Each commit writes a metadata file. The older ones go, but late enough for a reader
          // that
          // has an old one, and for deploy/restore, which finds the newest without the catalog.
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
          TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "500");

  /**
   * Each commit writes down all snapshots that are kept, some 900 bytes each. While no maintenance
   * expires them, as when analytics-job is away, commits would soon write megabytes.
   */
  private static final Map<String, String> EVERY_TABLE =
      Map.of(TableProperties.METADATA_COMPRESSION, "gzip");

  private final Configuration hadoop;
  private final URI location;
  private final CatalogAddress address;

  /** Of all tables, opened by the first: null until PostgreSQL has answered once. */
  private ArchiveCatalog catalog;

  Warehouse(ArchiveConfig config) {
    location = config.warehouse();
    hadoop = hadoop(config);
    ArchiveConfig.Catalog catalog = config.catalog();
    address = new CatalogAddress(catalog.url(), catalog.user(), catalog.password());
  }

  /**
   * The table, created if it was never created before, with all of its columns and in its order. A
   * table of a HadoopCatalog is registered first.
   */
  Table open(ArchiveTable table) throws IOException {
    Optional<Table> existing = catalog().findOrRegister(table.identifier());
    if (existing.isEmpty()) {
      return catalog()
          .buildTable(table.identifier(), table.columns())
          .withPartitionSpec(table.partitioning())
          .withSortOrder(table.sorting())
          .withProperties(NEW_TABLE)
          .withProperties(EVERY_TABLE)
          .withProperties(withoutBounds(table.columns()))
          .create();
    }
    addMissingColumns(existing.get(), table.columns());
    partition(existing.get());
    sort(existing.get(), table.sorting());
    setMissing(existing.get(), EVERY_TABLE);
    setMissing(existing.get(), withoutBounds(table.columns()));
    return existing.get();
  }

  private synchronized ArchiveCatalog catalog() {
    if (catalog == null) {
      catalog = ArchiveCatalog.open(hadoop, location, address);
    }
    return catalog;
  }

  /** Ends the connections to the catalog. */
  @Override
  public synchronized void close() {
    if (catalog != null) {
      catalog.close();
    }
  }

  private static void addMissingColumns(Table table, Schema columns) {
    boolean complete =
        columns.columns().stream()
            .allMatch(column -> table.schema().findField(column.name()) != null);
    if (!complete) {
      table.updateSchema().unionByNameWith(columns).commit();
    }
  }

  /** Files of a laptop's day stay as they are, and readable, until they are compacted. */
  private static void partition(Table table) {
    boolean byAppendedAt =
        table.spec().fields().stream()
            .map(field -> table.schema().findColumnName(field.sourceId()))
            .anyMatch(ArchivedOffsets.APPENDED_AT::equals);
    if (!byAppendedAt) {
      UpdatePartitionSpec update = table.updateSpec();
      table.spec().fields().forEach(field -> update.removeField(field.name()));
      update.addField(Expressions.day(ArchivedOffsets.APPENDED_AT)).commit();
    }
  }

  private static void sort(Table table, SortOrder wanted) {
    if (table.sortOrder().isUnsorted()) {
      ReplaceSortOrder replacement = table.replaceSortOrder();
      wanted
          .fields()
          .forEach(field -> replacement.asc(wanted.schema().findColumnName(field.sourceId())));
      replacement.commit();
    }
  }

  /**
   * No file says between which UUIDs its rows are. Iceberg compares UUIDs as signed numbers, but
   * the bounds of Parquet are of unsigned ones. So a reader that asked for an id would be told that
   * no file has it (apache/iceberg#14216). At random as they are, they tell nothing anyway.
   */
  private static Map<String, String> withoutBounds(Schema columns) {
    return columns.columns().stream()
        .filter(column -> column.type().typeId() == Type.TypeID.UUID)
        .collect(
            Collectors.toMap(
                column -> TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX + column.name(),
                column -> "false"));
  }

  private static void setMissing(Table table, Map<String, String> properties) {
    if (!table.properties().keySet().containsAll(properties.keySet())) {
      UpdateProperties update = table.updateProperties();
      properties.forEach(update::set);
      update.commit();
    }
  }

  private static Configuration hadoop(ArchiveConfig config) {
    Configuration hadoop = new Configuration();
    hadoop.addResource(ClusterSettings.read());
    hadoop.setInt("dfs.replication", config.replication());
    // A pipeline that loses a DataNode and finds no other goes on with those it has.
    hadoop.setBoolean("dfs.client.block.write.replace-datanode-on-failure.best-effort", true);
    // A frozen NameNode or DataNode is given up after this time, and the table opened again.
    hadoop.setInt("ipc.client.rpc-timeout.ms", 20_000);
    hadoop.setInt("ipc.client.connect.timeout", 5_000);
    hadoop.setInt("ipc.client.connect.max.retries", 3);
    hadoop.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    hadoop.setInt("dfs.client.socket-timeout", 20_000);
    hadoop.setInt("dfs.datanode.socket.write.timeout", 20_000);
    // A block without a living DataNode: the loop tries again, and readiness says so meanwhile.
    hadoop.setInt("dfs.client.retry.window.base", 500);
    // Closing is up to ArchiveService: the last commit comes after the signal to end.
    hadoop.setBoolean("fs.automatic.close", false);
    return hadoop;
  }
}
