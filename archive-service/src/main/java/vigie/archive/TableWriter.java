// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.RecordRow;
import vigie.events.UndecodableEventException;

/** The Parquet files that the next commit will add, one open file per day of the broker. */
final class TableWriter {

  private static final Logger LOG = Logger.getLogger(TableWriter.class);

  /** Together they bound the memory: rows are buffered until their row group is written. */
  private static final long MAX_ROWS = 500_000;

  /** Days lie side by side only where partitions lag by days, for topics that keep as many. */
  private static final int MAX_DAYS = 16;

  /** Of the records as Kafka has them: there are dead letters of almost a megabyte. */
  private static final long MAX_BYTES = 64L << 20;

  private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

  private final Table table;
  private final OutputFileFactory names;
  private final RecordRow row;

  /** By the day since 1970, in UTC. */
  private final Map<Long, DataWriter<StructLike>> open = new HashMap<>();

  private Instant begun = Instant.now();
  private long rows;
  private long bytes;

  TableWriter(Table table, ArchiveTable source) {
    this.table = table;
    names =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(UUID.randomUUID().toString())
            .build();
    row = source.row(table.schema());
  }

  /**
   * @param epoch which of its partition's logs the record is of
   * @throws UndecodableEventException when the record is no row; nothing was written
   */
  void write(ConsumerRecord<byte[], byte[]> record, int epoch) throws UndecodableEventException {
    // Iceberg would go through the calendar for each row.
    long day = Math.floorDiv(row.at(record, epoch).appendedAt(), MICROS_PER_DAY);
    DataWriter<StructLike> file = open.get(day);
    if (file == null) {
      if (open.isEmpty()) {
        begun = Instant.now();
      }
      file = create();
      open.put(day, file);
    }
    file.write(row);
    rows++;
    bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }

  boolean isFull() {
    return rows >= MAX_ROWS || bytes >= MAX_BYTES || open.size() >= MAX_DAYS;
  }

  /** Ends the open files; they are on the disks of the DataNodes when this returns. */
  CompletedFiles complete() {
    List<DataFile> files = new ArrayList<>();
    try {
      for (DataWriter<StructLike> file : open.values()) {
        file.close();
        files.add(file.toDataFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot complete the files of " + table.name(), e);
    }
    CompletedFiles completed = new CompletedFiles(files, files.isEmpty() ? Instant.now() : begun);
    clear();
    return completed;
  }

  /**
   * Lets go of files that will never be committed. Closing ends the lease on them; as no snapshot
   * names them, maintenance removes them like those that a killed process leaves.
   */
  void abandon() {
    for (DataWriter<StructLike> file : open.values()) {
      try {
        file.close();
      } catch (IOException | RuntimeException e) {
        LOG.debugf(e, "%s: an abandoned file could not be closed", table.name());
      }
    }
    clear();
  }

  private void clear() {
    open.clear();
    rows = 0;
    bytes = 0;
  }

  /** For the day of the row as it is. */
  private DataWriter<StructLike> create() {
    PartitionKey day = new PartitionKey(table.spec(), table.schema());
    day.partition(row);
    try {
      return Parquet.writeData(names.newOutputFile(day))
          .forTable(table)
          .withPartition(day)
          .createWriterFunc(InternalWriter::createWriter)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a file of " + table.name(), e);
    }
  }
}
