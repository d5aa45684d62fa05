// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.archive.table.RedrivenLetter;
import vigie.warehouse.ArchivedOffsets;

/**
 * Which dead letters of the assigned partitions are rows by now, since they were sent again. A
 * letter is sent again to its own partition, so only the instance that has the partition adds to
 * them: what was read from the table once, and added to since, is all.
 */
final class RedrivenLetters {

  private final Table table;

  /** By partition, read when the first such record comes. */
  private final Map<Integer, Set<RedrivenLetter>> archived = new HashMap<>();

  RedrivenLetters(Table table) {
    this.table = table;
  }

  /** Whether it is a row already, or about to be; else it is from now on. */
  boolean isRepeated(ConsumerRecord<byte[], byte[]> record) {
    return RedrivenLetter.of(record)
        .filter(letter -> !archived.computeIfAbsent(record.partition(), this::read).add(letter))
        .isPresent();
  }

  void close(Predicate<Integer> partitions) {
    archived.keySet().removeIf(partitions);
  }

  /**
   * Files without such rows, that is nearly all, are told by their metrics: those that have nothing
   * but nulls in the column, and those that are older than the column.
   */
  private Set<RedrivenLetter> read(int partition) {
    Expression redriven =
        Expressions.and(
            Expressions.notNull(ArchivedOffsets.LETTER_OFFSET),
            Expressions.equal(ArchivedOffsets.KAFKA_PARTITION, partition));
    Schema columns =
        table
            .schema()
            .select(
                ArchivedOffsets.KAFKA_PARTITION,
                ArchivedOffsets.LETTER_EPOCH,
                ArchivedOffsets.LETTER_OFFSET);
    Set<RedrivenLetter> letters = new HashSet<>();
    try (CloseableIterable<FileScanTask> files =
        table.newScan().filter(redriven).includeColumnStats().planFiles()) {
      int column = table.schema().findField(ArchivedOffsets.LETTER_OFFSET).fieldId();
      for (FileScanTask file : files) {
        if (file.file().valueCounts() == null || file.file().valueCounts().containsKey(column)) {
          read(file, columns, partition, letters);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + table.name(), e);
    }
    return letters;
  }

  private void read(FileScanTask file, Schema columns, int partition, Set<RedrivenLetter> letters)
      throws IOException {
    int number = position(columns, ArchivedOffsets.KAFKA_PARTITION);
    int epoch = position(columns, ArchivedOffsets.LETTER_EPOCH);
    int offset = position(columns, ArchivedOffsets.LETTER_OFFSET);
    try (CloseableIterable<StructLike> rows =
        Parquet.read(table.io().newInputFile(file.file()))
            .project(columns)
            .createReaderFunc(type -> InternalReader.create(columns, type))
            .build()) {
      for (StructLike row : rows) {
        Long letter = row.get(offset, Long.class);
        if (letter != null && row.get(number, Integer.class) == partition) {
          letters.add(new RedrivenLetter(row.get(epoch, Integer.class), letter));
        }
      }
    }
  }

  private static int position(Schema columns, String name) {
    return columns.columns().indexOf(columns.findField(name));
  }
}
