// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.Topics;

/** One consumer that jumps to where old alerts are wanted. Used by one thread only. */
final class ReplayConsumer {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final KafkaClients kafka;
  private final AlertReader reader;
  private Consumer<byte[], byte[]> consumer;

  ReplayConsumer(KafkaClients kafka, AlertReader reader) {
    this.kafka = kafka;
    this.reader = reader;
  }

  /**
   * The alerts of {@code partition} in [{@code start}, {@code end}) that Kafka still holds. The run
   * ends early where the partition does, and goes further when its beginning was deleted.
   */
  Run read(int partition, long start, long end) {
    TopicPartition wanted = new TopicPartition(Topics.ALERTS, partition);
    try {
      long held = consumer().beginningOffsets(List.of(wanted), PATIENCE).get(wanted);
      long first = Math.max(start, held);
      long last = Math.min(end, consumer().endOffsets(List.of(wanted), PATIENCE).get(wanted));
      return first < last ? new Run(alerts(wanted, first, last), last) : new Run(List.of(), first);
    } catch (KafkaException e) {
      close();
      throw e;
    }
  }

  private List<LoggedAlert> alerts(TopicPartition partition, long first, long last) {
    consumer().assign(List.of(partition));
    consumer().seek(partition, first);
    List<LoggedAlert> alerts = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer().position(partition, PATIENCE) < last) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("Kafka did not deliver %s in time".formatted(partition));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer().poll(POLL)) {
        if (record.offset() < last) {
          reader.read(record).ifPresent(alerts::add);
        }
      }
    }
    return List.copyOf(alerts);
  }

  Position ends(int partitions) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(Topics.ALERTS, i)).toList();
    try {
      var ends = consumer().endOffsets(all, PATIENCE);
      return Position.of(all.stream().mapToLong(ends::get).toArray());
    } catch (KafkaException e) {
      close();
      throw e;
    }
  }

  void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(FAREWELL));
      consumer = null;
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      consumer = kafka.freeConsumer();
    }
    return consumer;
  }
}
