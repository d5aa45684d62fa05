// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;

/** The tables that archive-service has made, filled without Kafka. */
public final class ArchiveTables implements AutoCloseable {

  /** As large as the files that maintenance makes of small ones. */
  private static final long ROWS_OF_A_FILE = 1_000_000;

  private final ExamDataset dataset;
  private final ArchiveCatalog catalog;
  private final Table results;
  private final Table alerts;

  ArchiveTables(EmptyArchive archive, ExamDataset dataset) {
    this.dataset = dataset;
    catalog = archive.catalog();
    results = catalog.loadTable(TableIdentifier.of("exam", "results"));
    alerts = catalog.loadTable(TableIdentifier.of("exam", "alerts"));
  }

  /** The snapshots that a publication must end with. */
  public record State(long results, long alerts) {}

  /** Appends the results of these numbers, then their alerts, each in one commit. */
  public State appendJudged(long from, long count) {
    append(alerts, from, count, dataset::hasAlert, this::alert);
    return append(from, count);
  }

  /** Appends the results of these numbers in one commit, so that one batch finds all of them. */
  public State append(long from, long count) {
    append(results, from, count, number -> true, this::result);
    return new State(results.currentSnapshot().snapshotId(), alerts.currentSnapshot().snapshotId());
  }

  /** As if all files of both tables had been written then. */
  public void date(Instant then) throws IOException {
    for (Table table : List.of(results, alerts)) {
      try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
        for (FileScanTask task : files) {
          Path path = new Path(task.file().location());
          path.getFileSystem(new Configuration()).setTimes(path, then.toEpochMilli(), -1);
        }
      }
    }
  }

  private static void append(
      Table table, long from, long count, LongPredicate which, LongFunction<GenericRecord> row) {
    AppendFiles append = table.newAppend();
    LongStream.range(0, (count + ROWS_OF_A_FILE - 1) / ROWS_OF_A_FILE)
        .parallel()
        .mapToObj(
            file ->
                write(
                    table,
                    from + file * ROWS_OF_A_FILE,
                    Math.min(from + count, from + (file + 1) * ROWS_OF_A_FILE),
                    which,
                    row))
        .toList()
        .forEach(append::appendFile);
    append.commit();
  }

  private static DataFile write(
      Table table, long from, long to, LongPredicate which, LongFunction<GenericRecord> row) {
    PartitionKey day = new PartitionKey(table.spec(), table.schema());
    day.partition(row.apply(from));
    String path =
        table.locationProvider().newDataLocation(table.spec(), day, UUID.randomUUID() + ".parquet");
    try {
      DataWriter<StructLike> file =
          Parquet.writeData(table.io().newOutputFile(path))
              .forTable(table)
              .withPartition(day)
              .createWriterFunc(InternalWriter::createWriter)
              .build();
      try (file) {
        LongStream.range(from, to).filter(which).mapToObj(row).forEach(file::write);
      }
      return file.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    }
  }

  private GenericRecord result(long number) {
    ExamDataset.Result result = dataset.result(number);
    GenericRecord row = GenericRecord.create(results.schema());
    row.setField("id", result.id());
    row.setField("timestamp", result.timestamp());
    row.setField("receivedAt", result.timestamp());
    row.setField("score", result.score());
    fill(row, result, number);
    return row;
  }

  private GenericRecord alert(long number) {
    ExamDataset.Result result = dataset.result(number);
    GenericRecord row = GenericRecord.create(alerts.schema());
    row.setField("id", result.alertId());
    row.setField("eventId", result.id());
    row.setField("score", result.score());
    row.setField("threshold", ExamDataset.THRESHOLD);
    row.setField("thresholdVersion", 1L);
    row.setField("occurredAt", result.timestamp());
    row.setField("raisedAt", result.timestamp());
    fill(row, result, number);
    return row;
  }

  private static void fill(GenericRecord row, ExamDataset.Result result, long number) {
    row.setField("studentId", result.studentId());
    row.setField("exerciseId", result.exerciseId());
    row.setField("latitude", result.latitude());
    row.setField("longitude", result.longitude());
    row.setField(ArchivedOffsets.KAFKA_PARTITION, 0);
    row.setField(ArchivedOffsets.KAFKA_OFFSET, number);
  }

  @Override
  public void close() {
    catalog.close();
  }
}
