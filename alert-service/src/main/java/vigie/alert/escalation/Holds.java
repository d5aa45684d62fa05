// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions whose next record is not to be read before a certain time. A partition that went to
 * another member and came back is not held any more; reading it too early holds it again.
 */
final class Holds {

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Instant> ends = new HashMap<>();

  Holds(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  void hold(TopicPartition partition, long offset, Instant end) {
    consumer.seek(partition, offset);
    consumer.pause(Set.of(partition));
    ends.put(partition, end);
  }

  /** Lets those be read on whose time has come. */
  void release(Instant now) {
    consumer.resume(
        consumer.paused().stream().filter(held -> !ends.get(held).isAfter(now)).toList());
  }
}
