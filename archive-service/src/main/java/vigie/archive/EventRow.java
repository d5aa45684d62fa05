// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;

/** The event that a record's value is. */
final class EventRow<T extends SpecificRecordBase & SpecificRecord> extends RecordRow {

  private final EventCodec<T> codec;
  private T event;

  EventRow(Schema table, EventTable<T> source) {
    super(table, column -> field(column, source.event()));
    codec = EventCodec.of(source.type());
  }

  @Override
  void read(ConsumerRecord<byte[], byte[]> record) throws UndecodableEventException {
    event = codec.decode(record.value());
  }

  /** Iceberg keeps an instant as microseconds and has no enums. */
  @Override
  Object value(int field) {
    Object value = event.get(field);
    if (value instanceof Instant instant) {
      return SECONDS.toMicros(instant.getEpochSecond()) + NANOSECONDS.toMicros(instant.getNano());
    }
    return value instanceof Enum<?> symbol ? symbol.name() : value;
  }

  private static int field(String column, org.apache.avro.Schema event) {
    org.apache.avro.Schema.Field field = event.getField(column);
    return field == null ? ABSENT : field.pos();
  }
}
