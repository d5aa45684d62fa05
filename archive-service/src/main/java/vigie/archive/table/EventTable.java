// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.types.Types;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.warehouse.ArchivedOffsets;

/**
 * A topic of events, whose fields are the columns of the table.
 *
 * @param subject the column that a compacted file is sorted by, before {@code instant}
 * @param instant when it happened, by the clock of its sender
 * @param <T> the event
 */
public record EventTable<T extends SpecificRecordBase & SpecificRecord>(
    String topic, String name, Class<T> type, String subject, String instant)
    implements ArchiveTable {

  public static final EventTable<ExerciseResult> RESULTS =
      new EventTable<>("vigie.results", "results", ExerciseResult.class, "exerciseId", "timestamp");

  public org.apache.avro.Schema event() {
    return EventCodec.schema(type);
  }

  @Override
  public Schema columns() {
    List<Types.NestedField> columns = new ArrayList<>(AvroSchemaUtil.toIceberg(event()).columns());
    int id = columns.stream().mapToInt(Types.NestedField::fieldId).max().orElseThrow();
    columns.add(
        Types.NestedField.required(
            id + 1, ArchivedOffsets.KAFKA_PARTITION, Types.IntegerType.get()));
    columns.add(
        Types.NestedField.required(id + 2, ArchivedOffsets.KAFKA_OFFSET, Types.LongType.get()));
    columns.add(
        Types.NestedField.optional(id + 3, ArchivedOffsets.KAFKA_EPOCH, Types.IntegerType.get()));
    columns.add(
        Types.NestedField.optional(id + 4, ArchivedOffsets.LETTER_EPOCH, Types.IntegerType.get()));
    columns.add(
        Types.NestedField.optional(id + 5, ArchivedOffsets.LETTER_OFFSET, Types.LongType.get()));
    columns.add(
        Types.NestedField.optional(
            id + 6, ArchivedOffsets.APPENDED_AT, Types.TimestampType.withZone()));
    return new Schema(columns);
  }

  @Override
  public boolean isOfFigures() {
    return !type.equals(DeploymentReport.class);
  }

  @Override
  public SortOrder sorting() {
    return SortOrder.builderFor(columns()).asc(subject).asc(instant).build();
  }

  @Override
  public RecordRow row(Schema table) {
    return new EventRow(table, event());
  }
}
