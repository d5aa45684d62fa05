// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;

/**
 * An event seen as a row of its table, without a copy. One instance is moved from event to event;
 * columns and fields are matched by name, so their order may differ.
 */
final class EventRow implements StructLike {

  private static final int PARTITION = -1;
  private static final int OFFSET = -2;
  private static final int ABSENT = -3;

  private final int[] fields;
  private SpecificRecordBase event;
  private int partition;
  private long offset;

  EventRow(Schema table, org.apache.avro.Schema event) {
    List<Types.NestedField> columns = table.columns();
    fields = columns.stream().mapToInt(column -> field(column.name(), event)).toArray();
  }

  EventRow at(SpecificRecordBase event, int partition, long offset) {
    this.event = event;
    this.partition = partition;
    this.offset = offset;
    return this;
  }

  @Override
  public int size() {
    return fields.length;
  }

  @Override
  public <C> C get(int column, Class<C> type) {
    return type.cast(value(fields[column]));
  }

  @Override
  public <C> void set(int column, C value) {
    throw new UnsupportedOperationException("An event is not changed");
  }

  private Object value(int field) {
    return switch (field) {
      case PARTITION -> partition;
      case OFFSET -> offset;
      case ABSENT -> null;
      default -> internal(event.get(field));
    };
  }

  /** Iceberg keeps an instant as microseconds and has no enums. */
  private static Object internal(Object value) {
    if (value instanceof Instant instant) {
      return DateTimeUtil.microsFromInstant(instant);
    }
    return value instanceof Enum<?> symbol ? symbol.name() : value;
  }

  private static int field(String column, org.apache.avro.Schema event) {
    if (column.equals(EventTable.KAFKA_PARTITION)) {
      return PARTITION;
    }
    if (column.equals(EventTable.KAFKA_OFFSET)) {
      return OFFSET;
    }
    org.apache.avro.Schema.Field field = event.getField(column);
    return field == null ? ABSENT : field.pos();
  }
}
