// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions whose next result cannot be judged yet, while the others go on. They are rewound to
 * that result and not polled for a pause, then tried again: nothing of them is remembered, and no
 * offset from it on is committed. A rebalance that takes one away or brings it back finds it where
 * it was committed. For use by the judging thread only.
 */
final class PausedPartitions {

  private final Backoff backoff;
  private final LongSupplier nanos;
  private final Set<TopicPartition> partitions = new HashSet<>();
  private long until;

  PausedPartitions(Backoff backoff, LongSupplier nanos) {
    this.backoff = backoff;
    this.nanos = nanos;
  }

  /** Rewinds to these offsets, of partitions that were just polled, and polls them no more. */
  void hold(Consumer<?, ?> consumer, Map<TopicPartition, Long> from) {
    if (from.isEmpty()) {
      return;
    }
    from.forEach(consumer::seek);
    consumer.pause(from.keySet());
    if (partitions.isEmpty()) {
      until = nanos.getAsLong() + backoff.next().toNanos();
    }
    partitions.addAll(from.keySet());
  }

  /** Has them polled again once the pause is over. */
  void release(Consumer<?, ?> consumer) {
    if (!partitions.isEmpty() && nanos.getAsLong() - until >= 0) {
      partitions.retainAll(consumer.paused());
      partitions.retainAll(consumer.assignment());
      consumer.resume(partitions);
      partitions.clear();
    }
  }

  /** All that was polled was judged. */
  void over() {
    if (partitions.isEmpty()) {
      backoff.reset();
    }
  }

  /** How many wait that are not among these. */
  int countWithout(Set<TopicPartition> others) {
    return (int) partitions.stream().filter(one -> !others.contains(one)).count();
  }

  /** How long a poll may last, so that what waits is tried again in time. */
  Duration atMost(Duration poll) {
    return partitions.isEmpty()
        ? poll
        : Duration.ofNanos(Math.max(0, Math.min(poll.toNanos(), until - nanos.getAsLong())));
  }
}
