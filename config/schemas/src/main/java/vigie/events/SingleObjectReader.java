// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;

/**
 * Reads events in single-object encoding that any schema of their history wrote. Instances are
 * immutable and safe for use by several threads.
 *
 * @param <R> what an event is in memory
 */
final class SingleObjectReader<R extends IndexedRecord> {

  private static final short MARKER = 0x01C3;
  private static final int HEADER_BYTES = Short.BYTES + Long.BYTES;

  private static final ThreadLocal<BinaryDecoder> DECODER =
      ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(new byte[0], null));

  /** By the fingerprint of the writer's schema. */
  private final Map<Long, DatumReader<R>> readers;

  /**
   * @param model makes the records
   * @param schema of the records
   * @param history all schemas that events of this type were ever written by
   */
  SingleObjectReader(GenericData model, Schema schema, List<Schema> history) {
    Map<Long, DatumReader<R>> all = new HashMap<>();
    for (Schema writer : history) {
      all.put(SchemaNormalization.parsingFingerprint64(writer), reader(model, writer, schema));
    }
    all.put(SchemaNormalization.parsingFingerprint64(schema), reader(model, schema, schema));
    readers = Map.copyOf(all);
  }

  /** Avro's fast reader: the usual one asks a parser about every field. */
  private static <R> DatumReader<R> reader(GenericData model, Schema writer, Schema schema) {
    try {
      return new FastReaderBuilder(model).createDatumReader(writer, schema);
    } catch (IOException e) {
      throw new UncheckedIOException("Events of an old schema cannot be read", e);
    }
  }

  /**
   * The event in {@code bytes}.
   *
   * @param reuse a record to read into, or null
   * @throws UnknownSchemaException when no event that this version knows has the schema
   * @throws UndecodableEventException when {@code bytes} is null, is not in single-object encoding,
   *     or ends early; the message says which
   */
  R read(R reuse, byte[] bytes) throws UndecodableEventException {
    if (bytes == null) {
      throw new UndecodableEventException("The record has no value", null);
    }
    try {
      long fingerprint = fingerprint(bytes);
      DatumReader<R> reader = readers.get(fingerprint);
      if (reader == null) {
        throw refusal(bytes.length, fingerprint);
      }
      return reader.read(
          reuse,
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, DECODER.get()));
    } catch (IOException | RuntimeException e) {
      // Damaged bytes make Avro fail in ways that have no type in common.
      throw new UndecodableEventException(
          "%d bytes are not an event: %s".formatted(bytes.length, e.getMessage()), e);
    }
  }

  private static UndecodableEventException refusal(int length, long fingerprint) {
    return KnownSchemas.contain(fingerprint)
        ? new UndecodableEventException(
            "%d bytes are not an event of this type, but of another one".formatted(length), null)
        : new UnknownSchemaException(length, fingerprint);
  }

  private static long fingerprint(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getShort() != MARKER) {
      throw new AvroRuntimeException("they do not begin with the marker");
    }
    return header.getLong();
  }
}
