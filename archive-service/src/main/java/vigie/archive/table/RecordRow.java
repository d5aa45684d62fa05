// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.events.UndecodableEventException;
import vigie.warehouse.ArchivedOffsets;

/**
 * A Kafka record seen as a row of its table, without a copy. One instance is moved from record to
 * record; columns and fields are matched by name, so their order may differ.
 */
public abstract class RecordRow implements StructLike {

  /** The field of a column that the record knows nothing of. */
  public static final int ABSENT = -1;

  private static final int PARTITION = -2;
  private static final int OFFSET = -3;
  private static final int EPOCH = -4;
  private static final int LETTER_EPOCH = -5;
  private static final int LETTER_OFFSET = -6;
  private static final int APPENDED_AT = -7;

  private final int[] fields;
  private ConsumerRecord<byte[], byte[]> record;
  private int epoch;

  /**
   * @param fieldOf the number of a column's field, or {@link #ABSENT}
   */
  public RecordRow(Schema table, ToIntFunction<String> fieldOf) {
    fields =
        table.columns().stream()
            .map(Types.NestedField::name)
            .mapToInt(column -> placeInKafka(column, fieldOf))
            .toArray();
  }

  /**
   * Makes this row that of the record; valid until the next call.
   *
   * @param epoch which of its partition's logs the record is of
   * @throws UndecodableEventException when the record is no row of this table
   */
  public final RecordRow at(ConsumerRecord<byte[], byte[]> record, int epoch)
      throws UndecodableEventException {
    read(record);
    this.record = record;
    this.epoch = epoch;
    return this;
  }

  protected abstract void read(ConsumerRecord<byte[], byte[]> record)
      throws UndecodableEventException;

  /** A field of what was read last, as Iceberg keeps it in memory. */
  protected abstract Object value(int field);

  /** When the broker appended the record, in microseconds since 1970. */
  public final long appendedAt() {
    return TimeUnit.MILLISECONDS.toMicros(record.timestamp());
  }

  @Override
  public final int size() {
    return fields.length;
  }

  @Override
  public final <C> C get(int column, Class<C> type) {
    int field = fields[column];
    return type.cast(
        switch (field) {
          case PARTITION -> record.partition();
          case OFFSET -> record.offset();
          case EPOCH -> epoch;
          case LETTER_EPOCH -> RedrivenLetter.of(record).map(RedrivenLetter::epoch).orElse(null);
          case LETTER_OFFSET -> RedrivenLetter.of(record).map(RedrivenLetter::offset).orElse(null);
          case APPENDED_AT -> appendedAt();
          case ABSENT -> null;
          default -> value(field);
        });
  }

  @Override
  public final <C> void set(int column, C value) {
    throw new UnsupportedOperationException("A record is not changed");
  }

  private static int placeInKafka(String column, ToIntFunction<String> fieldOf) {
    return switch (column) {
      case ArchivedOffsets.KAFKA_PARTITION -> PARTITION;
      case ArchivedOffsets.KAFKA_OFFSET -> OFFSET;
      case ArchivedOffsets.KAFKA_EPOCH -> EPOCH;
      case ArchivedOffsets.LETTER_EPOCH -> LETTER_EPOCH;
      case ArchivedOffsets.LETTER_OFFSET -> LETTER_OFFSET;
      case ArchivedOffsets.APPENDED_AT -> APPENDED_AT;
      default -> fieldOf.applyAsInt(column);
    };
  }
}
