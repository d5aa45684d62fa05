// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import vigie.events.Alert;

/**
 * An alert counts when its exercise was graded, so that a repeated alert falls into the same
 * windows. That of a laptop whose clock is fast counts when the broker appended it.
 */
final class OccurredAtExtractor implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.min(((Alert) record.value()).getOccurredAt().toEpochMilli(), record.timestamp());
  }
}
