// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Types;
import vigie.events.DeadLetter;
import vigie.warehouse.ArchivedOffsets;

/** What is no event, as it was, with its place and the reason. */
public record DeadLetterTable() implements ArchiveTable {

  public static final String TOPIC = "topic";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";
  public static final String REASON = "reason";
  public static final String KEY = "key";
  public static final String VALUE = "value";
  static final String OMITTED_BYTES = "omittedBytes";
  static final String SENT_AT = "sentAt";
  static final String EPOCH = "epoch";
  public static final String SENDER = "sender";
  static final String PART = "part";
  static final String PARTS = "parts";

  /** All that the sender says is optional: a letter is kept whatever it lacks. */
  private static final Schema COLUMNS =
      new Schema(
          optional(1, TOPIC, Types.StringType.get()),
          optional(2, PARTITION, Types.IntegerType.get()),
          optional(3, OFFSET, Types.LongType.get()),
          optional(4, REASON, Types.StringType.get()),
          optional(5, KEY, Types.BinaryType.get()),
          optional(6, VALUE, Types.BinaryType.get()),
          optional(7, OMITTED_BYTES, Types.LongType.get()),
          required(8, SENT_AT, Types.TimestampType.withZone()),
          required(9, ArchivedOffsets.KAFKA_PARTITION, Types.IntegerType.get()),
          required(10, ArchivedOffsets.KAFKA_OFFSET, Types.LongType.get()),
          optional(11, ArchivedOffsets.KAFKA_EPOCH, Types.IntegerType.get()),
          optional(12, EPOCH, Types.IntegerType.get()),
          optional(13, SENDER, Types.StringType.get()),
          optional(14, PART, Types.IntegerType.get()),
          optional(15, PARTS, Types.IntegerType.get()),
          optional(16, ArchivedOffsets.APPENDED_AT, Types.TimestampType.withZone()));

  @Override
  public String topic() {
    return DeadLetter.TOPIC;
  }

  @Override
  public String name() {
    return "dead_letters";
  }

  @Override
  public Schema columns() {
    return COLUMNS;
  }

  @Override
  public SortOrder sorting() {
    return SortOrder.builderFor(COLUMNS).asc(TOPIC).asc(SENT_AT).build();
  }

  @Override
  public RecordRow row(Schema table) {
    return new DeadLetterRow(table);
  }
}
