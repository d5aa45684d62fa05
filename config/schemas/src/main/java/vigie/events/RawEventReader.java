// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * Reads events of one type as Avro has them, for callers that pass them on unchanged. An instant is
 * a number, a UUID its bytes, a text {@code Utf8}. The fields are in the order of the newest
 * schema. All events are read into the same record; used by one thread.
 */
public final class RawEventReader {

  private final SingleObjectReader<IndexedRecord> reader;
  private IndexedRecord event;

  private RawEventReader(List<Schema> history) {
    Schema newest = history.get(history.size() - 1);
    reader = new SingleObjectReader<>(new GenericData(), newest, history);
  }

  /**
   * By the schema as it is in the history: that of the generated class asks for Java's strings.
   *
   * @param event any schema of the event's type
   */
  public static RawEventReader of(Schema event) {
    return new RawEventReader(EventCodec.history(event.getName()));
  }

  /**
   * The event in {@code bytes}, until the next one is read.
   *
   * @throws UndecodableEventException as {@link EventCodec#decode} does
   */
  public IndexedRecord read(byte[] bytes) throws UndecodableEventException {
    event = reader.read(event, bytes);
    return event;
  }
}
