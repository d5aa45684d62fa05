// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SystemLimitException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * One event type to and from Avro's single-object encoding: two marker bytes, the eight-byte
 * fingerprint of the writer's schema, the record. Bytes written by any schema under {@code
 * history/} can be decoded. Instances are immutable and safe for use by several threads.
 *
 * @param <T> the generated event class
 */
public final class EventCodec<T extends SpecificRecordBase & SpecificRecord> {

  private static final short MARKER = 0x01C3;
  private static final int HEADER_BYTES = Short.BYTES + Long.BYTES;
  private static final ThreadLocal<BinaryDecoder> DECODER = new ThreadLocal<>();

  /** Characters as bytes; above what Kafka takes as a record. */
  private static final int LONGEST_STRING = 1024 * 1024;

  static {
    // Avro makes room for as many bytes as a damaged string claims to have, gigabytes too, unless
    // this says that there are none of that length.
    System.setProperty(
        SystemLimitException.MAX_STRING_LENGTH_PROPERTY, Integer.toString(LONGEST_STRING));
  }

  private final BinaryMessageEncoder<T> encoder;

  /** By the fingerprint of the writer's schema. */
  private final Map<Long, DatumReader<T>> readers;

  private EventCodec(SpecificData model, Schema schema) {
    encoder = new BinaryMessageEncoder<>(model, schema);
    Map<Long, DatumReader<T>> all = new HashMap<>();
    for (Schema writer : history(schema.getName())) {
      all.put(SchemaNormalization.parsingFingerprint64(writer), reader(model, writer, schema));
    }
    all.put(SchemaNormalization.parsingFingerprint64(schema), reader(model, schema, schema));
    readers = Map.copyOf(all);
  }

  /** Avro's fast reader: the usual one asks a parser about every field. */
  private static <T> DatumReader<T> reader(SpecificData model, Schema writer, Schema schema) {
    try {
      return new FastReaderBuilder(model).createDatumReader(writer, schema);
    } catch (IOException e) {
      throw new UncheckedIOException("Events of an old schema cannot be read", e);
    }
  }

  /** The codec of the event type that the generated class {@code type} stands for. */
  public static <T extends SpecificRecordBase & SpecificRecord> EventCodec<T> of(Class<T> type) {
    SpecificData model = SpecificData.getForClass(type);
    return new EventCodec<>(model, model.getSchema(type));
  }

  /** The event as bytes, ready to be a Kafka record's value. */
  public byte[] encode(T event) {
    try {
      ByteBuffer bytes = encoder.encode(event);
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory failed", impossible);
    }
  }

  /**
   * The event in {@code bytes}.
   *
   * @throws UndecodableEventException when {@code bytes} is null, is not in single-object encoding,
   *     names an unknown schema, or ends early; the message says which
   */
  public T decode(byte[] bytes) throws UndecodableEventException {
    if (bytes == null) {
      throw new UndecodableEventException("The record has no value", null);
    }
    try {
      DatumReader<T> reader = readers.get(fingerprint(bytes));
      if (reader == null) {
        throw new AvroRuntimeException("their schema is not known");
      }
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, DECODER.get());
      DECODER.set(decoder);
      return reader.read(null, decoder);
    } catch (IOException | RuntimeException e) {
      // Damaged bytes make Avro fail in ways that have no type in common.
      throw new UndecodableEventException(
          "%d bytes are not an event: %s".formatted(bytes.length, e.getMessage()), e);
    }
  }

  private static long fingerprint(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getShort() != MARKER) {
      throw new AvroRuntimeException("they do not begin with the marker");
    }
    return header.getLong();
  }

  /** All schemas that events of this name were ever written by, oldest first. */
  static List<Schema> history(String name) {
    List<Schema> schemas = new ArrayList<>();
    while (true) {
      String avsc = "history/%s.%d.avsc".formatted(name, schemas.size() + 1);
      try (InputStream in = EventCodec.class.getResourceAsStream(avsc)) {
        if (in == null) {
          return schemas;
        }
        schemas.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + avsc, e);
      }
    }
  }
}
