// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.ExerciseResult;
import vigie.events.UserActivity;

/**
 * A topic and the table that keeps it.
 *
 * @param instant the column by whose day the table is partitioned
 * @param <T> the event
 */
record EventTable<T extends SpecificRecordBase & SpecificRecord>(
    String topic, String name, Class<T> type, String instant) {

  /** The columns that say where in Kafka a row came from: what an auditor counts. */
  static final String KAFKA_PARTITION = "kafkaPartition";

  static final String KAFKA_OFFSET = "kafkaOffset";

  static final EventTable<ExerciseResult> RESULTS =
      new EventTable<>("vigie.results", "results", ExerciseResult.class, "timestamp");

  static final List<EventTable<?>> ALL =
      List.of(
          RESULTS,
          new EventTable<>("vigie.activity", "activity", UserActivity.class, "timestamp"),
          new EventTable<>("vigie.alerts", "alerts", Alert.class, "occurredAt"),
          new EventTable<>(
              "vigie.deployments", "deployments", DeploymentReport.class, "claimedAt"));

  TableIdentifier identifier() {
    return TableIdentifier.of("exam", name);
  }

  org.apache.avro.Schema event() {
    return SpecificData.getForClass(type).getSchema(type);
  }

  /** The event's fields by their own names, then the record's place in Kafka. */
  Schema columns() {
    List<Types.NestedField> columns = new ArrayList<>(AvroSchemaUtil.toIceberg(event()).columns());
    int id = columns.stream().mapToInt(Types.NestedField::fieldId).max().orElseThrow();
    columns.add(Types.NestedField.required(id + 1, KAFKA_PARTITION, Types.IntegerType.get()));
    columns.add(Types.NestedField.required(id + 2, KAFKA_OFFSET, Types.LongType.get()));
    return new Schema(columns);
  }

  PartitionSpec partitioning() {
    return PartitionSpec.builderFor(columns()).day(instant).build();
  }
}
