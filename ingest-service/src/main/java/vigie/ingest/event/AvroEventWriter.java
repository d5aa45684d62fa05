// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryData;

/**
 * Writes one event after another in Avro's single-object encoding, field by field in the order of
 * the schema. {@code EventCodec} gives the same bytes, but looks up and converts each field of an
 * object, which costs more than all the rest of reading an event. Each thread has its own.
 */
final class AvroEventWriter {

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] MARKER = {(byte) 0xC3, 0x01};
  private static final int HEADER = MARKER.length + Long.BYTES;

  /** The longest form of a number, of an index and of a length. */
  private static final int MAX_NUMBER = 10;

  private byte[] bytes = new byte[512];
  private int end = HEADER;

  AvroEventWriter(Schema schema) {
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARKER)
        .putLong(SchemaNormalization.parsingFingerprint64(schema));
  }

  /** The id of the event in {@code encoded}, which is its first field. */
  static UUID id(byte[] encoded) {
    return new UUID(
        (long) BIG_ENDIAN.get(encoded, HEADER),
        (long) BIG_ENDIAN.get(encoded, HEADER + Long.BYTES));
  }

  AvroEventWriter begin() {
    end = HEADER;
    return this;
  }

  AvroEventWriter uuid(UUID id) {
    ensure(2 * Long.BYTES);
    BIG_ENDIAN.set(bytes, end, id.getMostSignificantBits());
    BIG_ENDIAN.set(bytes, end + Long.BYTES, id.getLeastSignificantBits());
    end += 2 * Long.BYTES;
    return this;
  }

  /** A long; also an enum by its index, or the branch of a union. */
  AvroEventWriter number(long value) {
    ensure(MAX_NUMBER);
    end += BinaryData.encodeLong(value, bytes, end);
    return this;
  }

  AvroEventWriter number(double value) {
    ensure(Double.BYTES);
    end += BinaryData.encodeDouble(value, bytes, end);
    return this;
  }

  AvroEventWriter text(byte[] utf8) {
    ensure(MAX_NUMBER + utf8.length);
    end += BinaryData.encodeLong(utf8.length, bytes, end);
    System.arraycopy(utf8, 0, bytes, end, utf8.length);
    end += utf8.length;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, end);
  }

  private void ensure(int more) {
    if (end + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (end + more));
    }
  }
}
