// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SystemLimitException;
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

  /** Characters as bytes; above what Kafka takes as a record. */
  private static final int LONGEST_STRING = 1024 * 1024;

  static {
    // Avro makes room for as many bytes as a damaged string claims to have, gigabytes too, unless
    // this says that there are none of that length.
    System.setProperty(
        SystemLimitException.MAX_STRING_LENGTH_PROPERTY, Integer.toString(LONGEST_STRING));
  }

  private final SingleObjectReader<T> reader;
  private final BinaryMessageEncoder<T> encoder;

  private EventCodec(SpecificData model, Schema schema) {
    reader = new SingleObjectReader<>(model, schema, history(schema.getName()));
    encoder = new BinaryMessageEncoder<>(model, schema);
  }

  /** The codec of the event type that the generated class {@code type} stands for. */
  public static <T extends SpecificRecordBase & SpecificRecord> EventCodec<T> of(Class<T> type) {
    SpecificData model = SpecificData.getForClass(type);
    return new EventCodec<>(model, model.getSchema(type));
  }

  /**
   * The schema of the generated class {@code type}. To be asked for here: once Avro has seen the
   * class, it does not look at the limit any more.
   */
  public static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.getForClass(type).getSchema(type);
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
   * @throws UnknownSchemaException when the schema is one that this version does not know
   * @throws UndecodableEventException when {@code bytes} is null, is not in single-object encoding,
   *     or ends early; the message says which
   */
  public T decode(byte[] bytes) throws UndecodableEventException {
    return reader.read(null, bytes);
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
