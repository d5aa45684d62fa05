// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.SparkSession;
import vigie.analytics.config.AnalyticsConfig;
import vigie.warehouse.ArchiveCatalog;

/** What archive-service has made so far, by the catalog that all who commit to it use. */
public final class ArchiveTables implements AutoCloseable {

  private final ArchiveCatalog catalog;

  public ArchiveTables(SparkSession spark, AnalyticsConfig config) {
    catalog =
        ArchiveCatalog.open(
            spark.sparkContext().hadoopConfiguration(),
            URI.create(config.warehouse()),
            config.catalog());
  }

  /** Those that archive-service has not made, or not upgraded. */
  public List<EventTable> missing() throws IOException {
    List<EventTable> missing = new ArrayList<>();
    for (EventTable table : EventTable.values()) {
      if (catalog.find(table.identifier()).map(Table::schema).filter(table::isComplete).isEmpty()) {
        missing.add(table);
      }
    }
    return missing;
  }

  /** Where the streams of the tables are at their end. */
  public Map<EventTable, StreamPosition> ends() {
    Map<EventTable, StreamPosition> ends = new EnumMap<>(EventTable.class);
    for (EventTable table : EventTable.values()) {
      ends.put(table, StreamPosition.endOf(catalog.loadTable(table.identifier())));
    }
    return ends;
  }

  /**
   * Up to when figures that end with these snapshots, and thresholds that are read after this, hold
   * everything. Each table is loaded once, so that its snapshots and what it declares are of one
   * version.
   */
  public AsOf asOf(Map<EventTable, Long> snapshots) throws IOException {
    Stream<AsOf> events =
        Arrays.stream(EventTable.values())
            .map(
                table ->
                    AsOf.of(
                        table.identifier(),
                        catalog.loadTable(table.identifier()),
                        snapshots.get(table)));
    Stream<AsOf> thresholds =
        catalog.find(Thresholds.TABLE).stream()
            .map(
                table ->
                    AsOf.of(Thresholds.TABLE, table, Thresholds.snapshotOf(table).orElse(null)));
    return Stream.concat(events, thresholds).min(AsOf.EARLIEST_FIRST).orElseThrow();
  }

  /**
   * The thresholds as they are now.
   *
   * @param known as they were once
   * @return nothing where they did not change since, or an older archive-service keeps none
   */
  public Optional<Thresholds> thresholds(Optional<Thresholds> known) throws IOException {
    return catalog
        .find(Thresholds.TABLE)
        .filter(table -> known.filter(last -> last.areOf(table)).isEmpty())
        .map(Thresholds::of);
  }

  /** The sequence numbers of these snapshots, later ones are greater; 0 for a table without any. */
  public Map<EventTable, Long> sequences(Map<EventTable, Long> snapshots) {
    Map<EventTable, Long> sequences = new EnumMap<>(EventTable.class);
    for (EventTable table : EventTable.values()) {
      Optional<Snapshot> snapshot =
          Optional.ofNullable(snapshots.get(table))
              .map(catalog.loadTable(table.identifier())::snapshot);
      sequences.put(table, snapshot.map(Snapshot::sequenceNumber).orElse(0L));
    }
    return sequences;
  }

  /** Whether the tables held no row as of these snapshots; nothing but metadata is read. */
  public boolean wereEmpty(Map<EventTable, Long> snapshots) {
    return snapshots.entrySet().stream()
        .map(entry -> catalog.loadTable(entry.getKey().identifier()).snapshot(entry.getValue()))
        .allMatch(
            snapshot ->
                snapshot != null
                    && "0".equals(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP)));
  }

  /** Whether a stream that stands on this snapshot can go on: all that came after it is there. */
  public boolean goOnFrom(EventTable table, long snapshotId) {
    Table events = catalog.loadTable(table.identifier());
    return events.currentSnapshot() != null && SnapshotUtil.isAncestorOf(events, snapshotId);
  }

  /** Every table of the archive, those too that no figures are made of. */
  public List<TableIdentifier> all() {
    return catalog.listTables(EventTable.NAMESPACE);
  }

  public Table load(TableIdentifier table) {
    return catalog.loadTable(table);
  }

  @Override
  public void close() {
    catalog.close();
  }
}
