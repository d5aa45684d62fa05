// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;

/** Events as Kafka Streams wants them read and written. */
final class EventSerde {

  private EventSerde() {}

  static <T extends SpecificRecordBase & SpecificRecord> Serde<T> of(Class<T> type) {
    EventCodec<T> codec = EventCodec.of(type);
    return Serdes.serdeFrom(
        (topic, event) -> codec.encode(event), (topic, bytes) -> decoded(codec, bytes));
  }

  private static <T extends SpecificRecordBase & SpecificRecord> T decoded(
      EventCodec<T> codec, byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (UndecodableEventException e) {
      throw new SerializationException(e.getMessage(), e);
    }
  }
}
