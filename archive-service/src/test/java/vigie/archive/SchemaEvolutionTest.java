// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.apache.iceberg.expressions.Expressions.equal;
import static org.apache.iceberg.expressions.Expressions.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vigie.warehouse.ArchivedOffsets.APPENDED_AT;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.EventTable;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.stack.postgres.CatalogDatabase;

/**
 * Alerts of the first schema, which had no {@code escalatedAt}, in a table by the laptops' days,
 * beside those of today.
 */
@ExtendWith(SharedCatalog.class)
class SchemaEvolutionTest {

  private static final EventTable<Alert> ALERTS =
      new EventTable<>("vigie.alerts", "alerts", Alert.class, "exerciseId", "occurredAt");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Instant APPENDED = NOON.plusSeconds(1);
  private static final String ADDED = "escalatedAt";

  @TempDir private Path folder;
  private ArchiveConfig config;
  private Warehouse warehouse;

  /** By the version of then, whose catalog was Hadoop's. */
  @BeforeEach
  void makeTheTableOfTheFirstSchema(CatalogDatabase database) throws Exception {
    config = new TestConfig(folder.toUri(), database, Duration.ofSeconds(1));
    warehouse = new Warehouse(config);
    HadoopCatalog catalog = new HadoopCatalog(new Configuration(), folder.toUri().toString());
    Schema columns =
        new Schema(
            ALERTS.columns().columns().stream()
                .filter(column -> !Set.of(ADDED, APPENDED_AT).contains(column.name()))
                .toList());
    append(
        catalog
            .buildTable(ALERTS.identifier(), columns)
            .withPartitionSpec(PartitionSpec.builderFor(columns).day(ALERTS.instant()).build())
            .create(),
        ofTheFirstSchema());
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  @Test
  void oldAndNewEventsAreRowsSideBySide() throws Exception {
    append(warehouse.open(ALERTS), ofTheFirstSchema(), EventCodec.of(Alert.class).encode(alert()));

    List<Object> added = new ArrayList<>();
    for (Record row : Rows.of(Rows.load(config, ALERTS))) {
      assertEquals("exercise-7", row.getField("exerciseId"));
      added.add(row.getField(ADDED));
    }
    assertEquals(
        Arrays.asList(null, null, NOON.plusSeconds(120).atOffset(ZoneOffset.UTC)),
        added.stream().sorted(Comparator.comparing(String::valueOf).reversed()).toList());
  }

  @Test
  void newRowsAreByTheDayOfTheBrokerBesideOldOnes() throws Exception {
    for (int start = 0; start < 2; start++) {
      assertEquals(
          List.of("appendedAt_day"),
          warehouse.open(ALERTS).spec().fields().stream().map(PartitionField::name).toList());
    }
    assertEquals(2, warehouse.open(ALERTS).specs().size());
    append(warehouse.open(ALERTS), EventCodec.of(Alert.class).encode(alert()));

    Table table = Rows.load(config, ALERTS);
    OffsetDateTime appended = APPENDED.atOffset(ZoneOffset.UTC);
    assertEquals(
        Arrays.asList(appended, null),
        Rows.of(table).stream()
            .map(row -> row.getField(APPENDED_AT))
            .sorted(Comparator.comparing(String::valueOf))
            .toList());
    assertEquals(
        1, Rows.where(table, lessThan(APPENDED_AT, appended.plusDays(1).toString())).size());
    assertEquals(2, Rows.where(table, equal("occurredAt", NOON.toString())).size());
    Maintenance.expireAllButTheLastSnapshot(table);
    assertEquals(2, Rows.of(Rows.load(config, ALERTS)).size());
  }

  @Test
  void aTableThatHadNoOrderIsGivenOne() throws Exception {
    for (int start = 0; start < 2; start++) {
      assertEquals(1, warehouse.open(ALERTS).sortOrder().orderId());
    }
    Table table = Rows.load(config, ALERTS);
    assertEquals(
        List.of("exerciseId", "occurredAt"),
        table.sortOrder().fields().stream()
            .map(field -> table.schema().findColumnName(field.sourceId()))
            .toList());
  }

  private static void append(Table table, byte[]... values) throws Exception {
    TableWriter writer = new TableWriter(table, ALERTS);
    for (byte[] value : values) {
      writer.write(record(value), 0);
    }
    AppendFiles append = table.newAppend();
    writer.complete().files().forEach(append::appendFile);
    append.commit();
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>(
        ALERTS.topic(),
        0,
        0,
        APPENDED.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        ConsumerRecord.NULL_SIZE,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static Alert alert() {
    return Alert.newBuilder()
        .setId(new UUID(7, 1))
        .setEventId(new UUID(7, 2))
        .setStudentId("student-1")
        .setExerciseId("exercise-7")
        .setScore(12)
        .setThreshold(40)
        .setThresholdVersion(3)
        .setLatitude(48.85)
        .setLongitude(2.35)
        .setOccurredAt(NOON)
        .setRaisedAt(NOON.plusMillis(30))
        .setEscalatedAt(NOON.plusSeconds(120))
        .build();
  }

  /** As the service of then sent it. */
  private static byte[] ofTheFirstSchema() throws IOException {
    try (InputStream avsc = EventCodec.class.getResourceAsStream("history/Alert.1.avsc")) {
      var first = new org.apache.avro.Schema.Parser().parse(avsc);
      GenericRecord old = new GenericData.Record(first);
      first.getFields().forEach(field -> old.put(field.name(), alert().get(field.name())));
      ByteBuffer bytes =
          new BinaryMessageEncoder<GenericRecord>(SpecificData.getForClass(Alert.class), first)
              .encode(old);
      return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.limit());
    }
  }
}
