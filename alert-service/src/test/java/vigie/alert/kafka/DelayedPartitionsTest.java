// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DelayedPartitionsTest {

  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition SECOND = new TopicPartition("t", 1);

  private final AtomicLong ticks = new AtomicLong();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final DelayedPartitions delayed = new DelayedPartitions(consumer, ticks::get);

  @Test
  void aHeldPartitionGoesOnWhereItWasHeldOnceItsTimeHasPassed() {
    consumer.assign(List.of(FIRST, SECOND));
    delayed.hold(FIRST, 7, Duration.ofSeconds(1));
    delayed.hold(SECOND, 8, Duration.ofSeconds(2));
    pass(Duration.ofSeconds(1));
    assertEquals(Set.of(SECOND), consumer.paused());
    assertEquals(7, consumer.position(FIRST));
    pass(Duration.ofSeconds(1));
    assertEquals(Set.of(), consumer.paused());
    assertEquals(8, consumer.position(SECOND));
  }

  private void pass(Duration time) {
    ticks.addAndGet(time.toNanos());
    delayed.release();
  }
}
