// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import vigie.events.Alert;

/**
 * An alert counts when its exercise was graded, so that a repeated alert falls into the same
 * windows. A laptop whose clock is fast counts when it was judged: a time in the future would close
 * the windows of all others.
 */
final class OccurredAt implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return millis((Alert) record.value());
  }

  static long millis(Alert alert) {
    Instant occurred = alert.getOccurredAt();
    Instant raised = alert.getRaisedAt();
    return (occurred.isBefore(raised) ? occurred : raised).toEpochMilli();
  }
}
