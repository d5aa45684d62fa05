// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.EventRow;
import vigie.archive.table.EventTable;
import vigie.archive.table.RecordRow;
import vigie.events.RawEventReader;
import vigie.events.UndecodableEventException;

/**
 * A table as an older version has it, which does not know the schema of one record.
 *
 * @param offset of the record, in {@code partition}
 */
record BeforeUpgrade(EventTable<?> upgraded, int partition, long offset) implements ArchiveTable {

  @Override
  public String topic() {
    return upgraded.topic();
  }

  @Override
  public String name() {
    return upgraded.name();
  }

  @Override
  public Schema columns() {
    return upgraded.columns();
  }

  @Override
  public SortOrder sorting() {
    return upgraded.sorting();
  }

  @Override
  public RecordRow row(Schema table) {
    return new Row(table);
  }

  private final class Row extends RecordRow {

    private final EventRow known;
    private final RawEventReader reader = RawEventReader.of(upgraded.event());

    Row(Schema table) {
      super(table, BeforeUpgrade.this::field);
      known = new EventRow(table, upgraded.event());
    }

    @Override
    protected void read(ConsumerRecord<byte[], byte[]> record) throws UndecodableEventException {
      if (record.partition() == partition && record.offset() == offset) {
        reader.read(ofAnotherSchema(record.value()));
      }
      known.read(record);
    }

    @Override
    protected Object value(int field) {
      return known.value(field);
    }

    /** The marker, then a fingerprint that no schema has. */
    private static byte[] ofAnotherSchema(byte[] event) {
      byte[] bytes = event.clone();
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(Short.BYTES, 42);
      return bytes;
    }
  }

  private int field(String column) {
    org.apache.avro.Schema.Field field = upgraded.event().getField(column);
    return field == null ? RecordRow.ABSENT : field.pos();
  }
}
