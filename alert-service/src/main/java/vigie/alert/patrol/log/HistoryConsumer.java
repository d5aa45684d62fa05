// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.LogPartition;
import vigie.alert.patrol.protocol.LogTopic;
import vigie.alert.patrol.protocol.Position;
import vigie.events.UnknownSchemaException;

/** One consumer that jumps to where old entries are wanted. Used by one thread only. */
final class HistoryConsumer {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final KafkaClients kafka;
  private final LogEntryDecoder decoder;
  private Consumer<byte[], byte[]> consumer;

  HistoryConsumer(KafkaClients kafka, LogEntryDecoder decoder) {
    this.kafka = kafka;
    this.decoder = decoder;
  }

  /**
   * The entries of {@code lane} in [{@code start}, {@code end}) that Kafka still holds. The run
   * ends early where the partition does or where only a newer version can read on, and goes further
   * when its beginning was deleted.
   */
  PartitionPage read(int lane, long start, long end) {
    TopicPartition wanted = LogPartition.of(lane).topicPartition();
    try {
      long held = consumer().beginningOffsets(List.of(wanted), PATIENCE).get(wanted);
      long first = Math.max(start, held);
      long last = Math.min(end, consumer().endOffsets(List.of(wanted), PATIENCE).get(wanted));
      return first < last ? run(wanted, first, last) : new PartitionPage(List.of(), first);
    } catch (KafkaException | Error e) {
      close();
      throw e;
    }
  }

  private PartitionPage run(TopicPartition partition, long first, long last) {
    consumer().assign(List.of(partition));
    consumer().seek(partition, first);
    List<LogEntry> entries = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer().position(partition, PATIENCE) < last) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("Kafka did not deliver %s in time".formatted(partition));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer().poll(POLL)) {
        if (record.offset() < last) {
          try {
            decoder.read(record).ifPresent(entries::add);
          } catch (UnknownSchemaException e) {
            return new PartitionPage(List.copyOf(entries), record.offset());
          }
        }
      }
    }
    return new PartitionPage(List.copyOf(entries), last);
  }

  /** Where each lane ends; one whose partition does not exist is at its beginning. */
  Position ends(int lanes) {
    try {
      var ends = consumer().endOffsets(existing(), PATIENCE);
      return Position.of(
          IntStream.range(0, lanes)
              .mapToLong(lane -> ends.getOrDefault(LogPartition.of(lane).topicPartition(), 0L))
              .toArray());
    } catch (KafkaException | Error e) {
      close();
      throw e;
    }
  }

  /** The first entry of each lane since {@code instant}, or where the lane ends. */
  Position at(Instant instant) {
    try {
      Set<TopicPartition> existing = existing();
      var ends = consumer().endOffsets(existing, PATIENCE);
      var since =
          consumer()
              .offsetsForTimes(
                  existing.stream().collect(toMap(one -> one, one -> instant.toEpochMilli())),
                  PATIENCE);
      Position position = Position.EARLIEST;
      for (TopicPartition partition : existing) {
        OffsetAndTimestamp first = since.get(partition);
        position =
            position.with(
                LogPartition.of(partition).number(),
                first == null ? ends.get(partition) : first.offset());
      }
      return position;
    } catch (KafkaException | Error e) {
      close();
      throw e;
    }
  }

  private Set<TopicPartition> existing() {
    return Arrays.stream(LogTopic.values())
        .flatMap(feed -> consumer().partitionsFor(feed.topic(), PATIENCE).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .collect(toSet());
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
