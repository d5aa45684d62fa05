// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Tracks the partitions that a producer cannot append to, from the first record that failed until a
 * broker acknowledges one. A record that is too large is no failure of its partition. Safe for use
 * by several threads.
 */
public final class AppendMonitor {

  /** Longer than a loop takes from one attempt to the next: what is older was not tried again. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private final Map<TopicPartition, Failure> failing = new ConcurrentHashMap<>();

  /**
   * Instants in nanoseconds.
   *
   * @param sent when the first record that failed was handed to the producer
   * @param first when it failed
   * @param last when the last one failed
   */
  record Failure(long sent, long first, long last) {

    Failure andThen(Failure next) {
      return new Failure(sent, first, next.last);
    }

    /** As far as it lies after {@code instant}. */
    Failure since(long instant) {
      return new Failure(after(sent, instant), after(first, instant), last);
    }

    private static long after(long one, long instant) {
      return one - instant < 0 ? instant : one;
    }
  }

  /**
   * @param nanos a clock that only goes forward
   */
  public AppendMonitor(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Tracks one record, which is sent now. */
  public Callback track() {
    long sent = nanos.getAsLong();
    return (metadata, failure) -> {
      if (failure == null) {
        appended(metadata.topic(), metadata.partition());
      } else if (!(failure instanceof RecordTooLargeException)) {
        failed(new TopicPartition(metadata.topic(), metadata.partition()), sent);
      }
    };
  }

  /** Tracks a record that the producer refused before it chose a partition. */
  public void refused(String topic) {
    failed(new TopicPartition(topic, RecordMetadata.UNKNOWN_PARTITION), nanos.getAsLong());
  }

  private void failed(TopicPartition partition, long sent) {
    long now = nanos.getAsLong();
    failing.merge(partition, new Failure(sent, now, now), Failure::andThen);
  }

  private void appended(String topic, int partition) {
    if (!failing.isEmpty()) {
      failing.remove(new TopicPartition(topic, partition));
      failing.remove(new TopicPartition(topic, RecordMetadata.UNKNOWN_PARTITION));
    }
  }

  /**
   * The partitions of {@code topics} for which a record failed lately, not before {@code start}.
   */
  Map<TopicPartition, Failure> failing(Set<String> topics, long start) {
    long now = nanos.getAsLong();
    Map<TopicPartition, Failure> found = new HashMap<>();
    failing.forEach(
        (partition, failure) -> {
          boolean lately = failure.last() - start >= 0 && now - failure.last() < RECENT.toNanos();
          if (lately && topics.contains(partition.topic())) {
            found.put(partition, failure.since(start));
          }
        });
    return found;
  }
}
