// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.events.Alert;
import vigie.events.EventCodec;

/** An alert on its way to {@code vigie.alerts}. */
public final class AlertRecord {

  private static final EventCodec<Alert> CODEC = EventCodec.of(Alert.class);

  private AlertRecord() {}

  public static ProducerRecord<byte[], byte[]> of(Alert alert) {
    return new ProducerRecord<>(
        Topics.ALERTS, alert.getStudentId().getBytes(UTF_8), CODEC.encode(alert));
  }
}
