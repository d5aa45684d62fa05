// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PausedPartitionsTest {

  private static final TopicPartition HELD = new TopicPartition("t", 0);
  private static final TopicPartition OTHER = new TopicPartition("t", 1);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private long nanos;
  private final PausedPartitions paused =
      new PausedPartitions(new Backoff(PAUSE, PAUSE), () -> nanos);

  @BeforeEach
  void begin() {
    consumer.assign(List.of(HELD, OTHER));
    consumer.updateBeginningOffsets(Map.of(HELD, 0L, OTHER, 0L));
    for (long offset = 0; offset < 5; offset++) {
      add(HELD, offset);
      add(OTHER, offset);
    }
    assertEquals(10, poll().size());
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void onePartitionWaitsAndTheOthersGoOn() {
    paused.hold(consumer, Map.of(HELD, 3L));
    consumer.commitSync();
    assertEquals(3, committed(HELD));
    assertEquals(5, committed(OTHER));

    add(OTHER, 5);
    paused.release(consumer);
    assertEquals(List.of("t-1@5"), poll());
    assertEquals(1, paused.countWithout(Set.of()));

    nanos += PAUSE.toNanos();
    paused.release(consumer);
    assertEquals(3, consumer.position(HELD));
    assertEquals(Set.of(), consumer.paused());
    assertEquals(0, paused.countWithout(Set.of()));
  }

  @Test
  void aPartitionThatWasTakenAwayIsForgotten() {
    paused.hold(consumer, Map.of(HELD, 3L));
    consumer.assign(List.of(OTHER));
    nanos += PAUSE.toNanos();
    paused.release(consumer);
    assertEquals(0, paused.countWithout(Set.of()));
  }

  @Test
  void aPollEndsInTimeForWhatWaits() {
    Duration poll = Duration.ofMillis(250);
    assertEquals(poll, paused.atMost(poll));
    paused.hold(consumer, Map.of(HELD, 3L));
    assertEquals(PAUSE, paused.atMost(poll));
    nanos += poll.toNanos();
    assertEquals(Duration.ZERO, paused.atMost(poll));
  }

  private long committed(TopicPartition partition) {
    return consumer.committed(Set.of(partition)).get(partition).offset();
  }

  private void add(TopicPartition partition, long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null));
  }

  private List<String> poll() {
    List<String> polled = new ArrayList<>();
    consumer
        .poll(Duration.ZERO)
        .forEach(record -> polled.add("t-%d@%d".formatted(record.partition(), record.offset())));
    return polled;
  }
}
