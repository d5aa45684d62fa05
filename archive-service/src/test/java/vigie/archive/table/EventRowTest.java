// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import vigie.events.ActivityType;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;
import vigie.events.UserActivity;

class EventRowTest {

  private static final EventTable<UserActivity> ACTIVITY =
      new EventTable<>("vigie.activity", "activity", UserActivity.class, "page", "timestamp");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00.000001Z");
  private static final long APPENDED = NOON.plusSeconds(86_400).toEpochMilli();
  private static final long MICROS = TimeUnit.SECONDS.toMicros(NOON.getEpochSecond()) + 1;

  private final Schema columns = ACTIVITY.columns();
  private final RecordRow row = ACTIVITY.row(columns);

  @Test
  void everyFieldIsAsIcebergKeepsIt() throws Exception {
    read(bytes("student-\u00e9l\u00e8ve"));
    assertEquals(new UUID(-7, 1), value("id"));
    assertEquals(MICROS, value("timestamp"));
    assertEquals("student-\u00e9l\u00e8ve", value("studentId").toString());
    assertEquals("DWELL", value("type").toString());
    assertEquals(42_000L, value("durationMillis"));
    assertNull(value("element"));
    assertEquals(3, value("kafkaPartition"));
    assertEquals(99L, value("kafkaOffset"));
    assertEquals(2, value("kafkaEpoch"));
    assertEquals(TimeUnit.MILLISECONDS.toMicros(APPENDED), value("appendedAt"));
  }

  @Test
  void aTextThatIsNoUtf8IsMended() throws Exception {
    byte[] bytes = bytes("student-#");
    bytes[new String(bytes, ISO_8859_1).indexOf('#')] = (byte) 0xFF;
    read(bytes);
    assertEquals("student-\uFFFD", value("studentId"));
  }

  @Test
  void aLengthOfGigabytesIsNoRow() {
    byte[] bytes = bytes("student-#");
    int student = new String(bytes, ISO_8859_1).indexOf("student-#");
    byte[] gigabytes = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
    System.arraycopy(gigabytes, 0, bytes, student - 1, gigabytes.length);
    assertThrows(UndecodableEventException.class, () -> read(bytes));
  }

  private void read(byte[] value) throws UndecodableEventException {
    row.at(
        new ConsumerRecord<>(
            ACTIVITY.topic(),
            3,
            99,
            APPENDED,
            TimestampType.LOG_APPEND_TIME,
            0,
            value.length,
            null,
            value,
            new RecordHeaders(),
            Optional.empty()),
        2);
  }

  private Object value(String column) {
    Types.NestedField field = columns.findField(column);
    return row.get(columns.columns().indexOf(field), Object.class);
  }

  private static byte[] bytes(String student) {
    return EventCodec.of(UserActivity.class)
        .encode(
            UserActivity.newBuilder()
                .setId(new UUID(-7, 1))
                .setTimestamp(NOON)
                .setReceivedAt(NOON)
                .setStudentId(student)
                .setType(ActivityType.DWELL)
                .setPage("/exercises/c-pointers")
                .setDurationMillis(42_000L)
                .build());
  }
}
