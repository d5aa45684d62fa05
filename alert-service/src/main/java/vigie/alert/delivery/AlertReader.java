// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;

/** Turns the records of the alerts' topic into what units receive. */
@Singleton
class AlertReader {

  private static final EventCodec<Alert> CODEC = EventCodec.of(Alert.class);

  private final ObjectMapper json;
  private final Counter undecodable;

  AlertReader(ObjectMapper json, MeterRegistry metrics) {
    this.json = json;
    this.undecodable =
        Counter.builder("vigie.alerts.undecodable")
            .description("Records of the alerts' topic that are no alerts and reach no unit")
            .register(metrics);
  }

  /** The alert in {@code record}, or nothing when it is none. */
  Optional<LoggedAlert> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      Alert alert = CODEC.decode(record.value());
      return Optional.of(
          new LoggedAlert(
              record.partition(),
              record.offset(),
              alert.getRaisedAt(),
              alert.getLatitude(),
              alert.getLongitude(),
              json.writeValueAsString(AlertView.of(alert))));
    } catch (UndecodableEventException e) {
      undecodable.increment();
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An alert has no JSON form", e);
    }
  }
}
