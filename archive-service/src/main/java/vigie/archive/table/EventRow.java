// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.iceberg.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.events.RawEventReader;
import vigie.events.UndecodableEventException;

/** The event that a record's value is. */
public final class EventRow extends RecordRow {

  private final RawEventReader reader;
  private IndexedRecord event;

  public EventRow(Schema table, org.apache.avro.Schema event) {
    super(table, column -> field(column, event));
    reader = RawEventReader.of(event);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) throws UndecodableEventException {
    event = reader.read(record.value());
  }

  /** A number that is an instant is the same in Avro and in Iceberg. */
  @Override
  public Object value(int field) {
    Object value = event.get(field);
    if (value instanceof Utf8 text) {
      return isAscii(text) ? text : text.toString();
    }
    if (value instanceof GenericFixed uuid) {
      ByteBuffer bytes = ByteBuffer.wrap(uuid.bytes());
      return new UUID(bytes.getLong(), bytes.getLong());
    }
    return value instanceof GenericEnumSymbol<?> symbol ? symbol.toString() : value;
  }

  /** Other bytes may be no UTF-8, and are only once they were a string of Java. */
  private static boolean isAscii(Utf8 text) {
    byte[] bytes = text.getBytes();
    for (int i = 0; i < text.getByteLength(); i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static int field(String column, org.apache.avro.Schema event) {
    org.apache.avro.Schema.Field field = event.getField(column);
    return field == null ? ABSENT : field.pos();
  }
}
