// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions whose next record is not to be read before some time has passed, whatever a clock is
 * set to meanwhile. A partition that went to another member and came back is not held any more;
 * reading it too early holds it again.
 */
public final class DelayedPartitions {

  private final Consumer<?, ?> consumer;
  private final LongSupplier ticks;
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  /**
   * @param ticks nanoseconds, which do not change when a clock is set
   */
  public DelayedPartitions(Consumer<?, ?> consumer, LongSupplier ticks) {
    this.consumer = consumer;
    this.ticks = ticks;
  }

  public void hold(TopicPartition partition, long offset, Duration time) {
    consumer.seek(partition, offset);
    consumer.pause(Set.of(partition));
    ends.put(partition, ticks.getAsLong() + time.toNanos());
  }

  /** Lets those be read on whose time has passed. */
  public void release() {
    long now = ticks.getAsLong();
    consumer.resume(consumer.paused().stream().filter(held -> ends.get(held) - now <= 0).toList());
  }
}
