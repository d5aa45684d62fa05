// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import vigie.analytics.archive.EventTable;
import vigie.stack.postgres.CatalogDatabase;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.CatalogAddress;
import vigie.warehouse.Completeness;

/** The tables of archive-service, written as it does: by appending files. */
final class ExamArchive implements AutoCloseable {

  private static final Map<EventTable, Schema> SCHEMAS =
      Map.of(
          EventTable.RESULTS,
          new Schema(
              required(1, "id", Types.UUIDType.get()),
              required(2, "exerciseId", Types.StringType.get()),
              required(3, "latitude", Types.DoubleType.get()),
              required(4, "longitude", Types.DoubleType.get()),
              required(5, "score", Types.DoubleType.get()),
              required(6, "studentId", Types.StringType.get()),
              required(7, "timestamp", Types.TimestampType.withZone()),
              required(8, ArchivedOffsets.KAFKA_OFFSET, Types.LongType.get()),
              optional(9, ArchivedOffsets.APPENDED_AT, Types.TimestampType.withZone())),
          EventTable.ALERTS,
          new Schema(
              required(1, "id", Types.UUIDType.get()),
              required(2, "eventId", Types.UUIDType.get()),
              required(3, "exerciseId", Types.StringType.get()),
              required(4, "latitude", Types.DoubleType.get()),
              required(5, "longitude", Types.DoubleType.get()),
              required(6, "score", Types.DoubleType.get()),
              required(7, "occurredAt", Types.TimestampType.withZone()),
              required(8, "studentId", Types.StringType.get()),
              required(9, ArchivedOffsets.KAFKA_OFFSET, Types.LongType.get()),
              optional(10, ArchivedOffsets.APPENDED_AT, Types.TimestampType.withZone()),
              optional(11, "escalatedAt", Types.TimestampType.withZone())),
          EventTable.ACTIVITY,
          new Schema(
              required(1, "id", Types.UUIDType.get()),
              required(2, "page", Types.StringType.get()),
              required(3, "type", Types.StringType.get()),
              optional(4, "durationMillis", Types.LongType.get()),
              required(5, "studentId", Types.StringType.get()),
              required(6, "timestamp", Types.TimestampType.withZone()),
              required(7, ArchivedOffsets.KAFKA_OFFSET, Types.LongType.get()),
              optional(8, ArchivedOffsets.APPENDED_AT, Types.TimestampType.withZone())));

  private static final TableIdentifier THRESHOLD_CHANGES =
      TableIdentifier.of("exam", "threshold_changes");

  private final ArchiveCatalog catalog;

  ExamArchive(String warehouse, CatalogDatabase database) {
    catalog =
        ArchiveCatalog.open(
            new Configuration(),
            URI.create(warehouse),
            new CatalogAddress(database.url(), database.user(), database.password()));
  }

  void makeTables() {
    for (EventTable table : EventTable.values()) {
      Schema columns = SCHEMAS.get(table);
      catalog
          .buildTable(table.identifier(), columns)
          .withPartitionSpec(PartitionSpec.builderFor(columns).day(instant(table)).build())
          .withSortOrder(SortOrder.builderFor(columns).asc(table.subject()).build())
          .withProperty(TableProperties.COMMIT_NUM_RETRIES, "20")
          .create();
    }
  }

  /** As the upgrade of archive-service does with a table that it made before. */
  void partitionByAppendedAt(EventTable name) {
    Table table = table(name);
    table
        .updateSpec()
        .removeField(instant(name) + "_day")
        .addField(Expressions.day(ArchivedOffsets.APPENDED_AT))
        .commit();
  }

  /** With every file: metadata that are left would be of a table that the catalog has lost. */
  void dropTables() {
    for (TableIdentifier table : catalog.listTables(THRESHOLD_CHANGES.namespace())) {
      Path folder = new Path(catalog.loadTable(table).location());
      catalog.dropTable(table);
      try {
        hdfs(folder).delete(folder, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The column by whose day a table is partitioned. */
  static String instant(EventTable table) {
    return table == EventTable.ALERTS ? "occurredAt" : "timestamp";
  }

  /** A file for each day, one commit, which takes the offset of the only partition on. */
  void append(EventTable table, List<Map<String, Object>> events) {
    Table appended = table(table);
    long next = ArchivedOffsets.nextIn(appended.properties(), 0).orElse(0);
    List<Record> records = new ArrayList<>();
    for (Map<String, Object> event : events) {
      Record row = row(appended, event);
      row.setField(ArchivedOffsets.KAFKA_OFFSET, next++);
      records.add(row);
    }
    // As in a file that is compacted, the order is not that of the offsets.
    Collections.reverse(records);
    Transaction transaction = appended.newTransaction();
    AppendFiles append = transaction.newAppend();
    write(appended, records).forEach(append::appendFile);
    append.commit();
    transaction.updateProperties().set(ArchivedOffsets.next(0), Long.toString(next)).commit();
    transaction.commitTransaction();
  }

  /** As archive-service does for a table that it holds everything of up to this instant. */
  void declareComplete(EventTable table, Instant until) {
    declareComplete(table(table), until);
  }

  private static void declareComplete(Table table, Instant until) {
    table
        .updateProperties()
        .set(Completeness.PARTITIONS, "1")
        .set(Completeness.until(0), until.toString())
        .commit();
  }

  /** The table of changes of thresholds, which an older archive-service does not make. */
  void makeThresholdChanges() {
    Schema columns =
        new Schema(
            required(1, "exerciseId", Types.StringType.get()),
            required(2, "version", Types.LongType.get()),
            optional(3, "threshold", Types.DoubleType.get()),
            required(4, "changedAt", Types.TimestampType.withZone()));
    catalog
        .buildTable(THRESHOLD_CHANGES, columns)
        .withPartitionSpec(PartitionSpec.builderFor(columns).day("changedAt").build())
        .create();
  }

  void changeThreshold(String exercise, long version, Double threshold, Instant at) {
    Table changes = catalog.loadTable(THRESHOLD_CHANGES);
    Record row = GenericRecord.create(changes.schema());
    row.setField("exerciseId", exercise);
    row.setField("version", version);
    row.setField("threshold", threshold);
    row.setField("changedAt", at.atOffset(ZoneOffset.UTC));
    AppendFiles append = changes.newAppend();
    write(changes, List.of(row)).forEach(append::appendFile);
    append.commit();
  }

  void declareThresholdsComplete(Instant until) {
    declareComplete(catalog.loadTable(THRESHOLD_CHANGES), until);
  }

  /** A commit that brings no file: archive-service begins with one. */
  void appendNothing(EventTable table) {
    table(table).newAppend().commit();
  }

  /** A compaction: all files of a day become one, in a snapshot of its own kind. */
  void compact(EventTable name) {
    Table table = table(name);
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles();
        CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      RewriteFiles rewrite = table.newRewrite();
      files.forEach(task -> rewrite.deleteFile(task.file()));
      write(table, rows).forEach(rewrite::addFile);
      rewrite.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets all snapshots but the newest. */
  void expire(EventTable table) {
    table(table).expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }

  /** The newest version of each table that brought events, counted from 1. */
  Map<EventTable, Long> versions() {
    Map<EventTable, Long> newest = new EnumMap<>(EventTable.class);
    for (EventTable name : EventTable.values()) {
      Table table = table(name);
      for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
        if (snapshot.operation().equals("append")
            && snapshot.summary().containsKey("added-data-files")) {
          newest.put(name, snapshot.sequenceNumber());
          break;
        }
      }
    }
    return newest;
  }

  long version(EventTable table, long snapshotId) {
    return table(table).snapshot(snapshotId).sequenceNumber();
  }

  /** Data files that the table consists of now. */
  long files(EventTable name) {
    try (CloseableIterable<FileScanTask> files = table(name).newScan().planFiles()) {
      return count(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long rows(EventTable name) {
    return column(name, "id").size();
  }

  /** Its values, of each file in the order of its rows. */
  List<Object> column(EventTable name, String column) {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table(name)).select(column).build()) {
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> row.getField(column))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long nextOffset(EventTable name) {
    return ArchivedOffsets.nextIn(table(name).properties(), 0).orElseThrow();
  }

  /** A file that no snapshot names, as a writer leaves it that was killed then. */
  void leave(EventTable name, String file, Instant then) throws IOException {
    Path path = data(name, file);
    hdfs(path).create(path).close();
    hdfs(path).setTimes(path, then.toEpochMilli(), -1);
  }

  boolean has(EventTable name, String file) throws IOException {
    Path path = data(name, file);
    return hdfs(path).exists(path);
  }

  /** As if all files of the table had been written then. */
  void date(EventTable name, Instant then) throws IOException {
    try (CloseableIterable<FileScanTask> files = table(name).newScan().planFiles()) {
      for (FileScanTask task : files) {
        Path path = new Path(task.file().location());
        hdfs(path).setTimes(path, then.toEpochMilli(), -1);
      }
    }
  }

  /** As by a fault of the disks. */
  void loseAFile(EventTable name) throws IOException {
    try (CloseableIterable<FileScanTask> files = table(name).newScan().planFiles()) {
      Path path = new Path(files.iterator().next().file().location());
      hdfs(path).delete(path, false);
    }
  }

  private static long count(Iterable<?> all) {
    return StreamSupport.stream(all.spliterator(), false).count();
  }

  private Path data(EventTable name, String file) {
    return new Path(table(name).locationProvider().newDataLocation(file));
  }

  private static FileSystem hdfs(Path path) throws IOException {
    return path.getFileSystem(new Configuration());
  }

  @Override
  public void close() {
    catalog.close();
  }

  private Table table(EventTable name) {
    return catalog.loadTable(name.identifier());
  }

  private static Record row(Table table, Map<String, Object> event) {
    Record row = GenericRecord.create(table.schema());
    table.schema().columns().forEach(c -> row.setField(c.name(), event.get(c.name())));
    return row;
  }

  private static List<DataFile> write(Table table, Iterable<Record> rows) {
    Map<PartitionKey, DataWriter<Record>> days = new HashMap<>();
    PartitionKey day = new PartitionKey(table.spec(), table.schema());
    InternalRecordWrapper values = new InternalRecordWrapper(table.schema().asStruct());
    List<DataFile> files = new ArrayList<>();
    try {
      for (Record row : rows) {
        day.partition(values.wrap(row));
        DataWriter<Record> file = days.get(day);
        if (file == null) {
          PartitionKey copy = day.copy();
          file = create(table, copy);
          days.put(copy, file);
        }
        file.write(row);
      }
      for (DataWriter<Record> file : days.values()) {
        file.close();
        files.add(file.toDataFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static DataWriter<Record> create(Table table, PartitionKey day) throws IOException {
    String path = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    return Parquet.writeData(table.io().newOutputFile(path))
        .forTable(table)
        .withPartition(day)
        .createWriterFunc(GenericParquetWriter::create)
        .build();
  }
}
