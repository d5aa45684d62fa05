// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * For how long a consumer group has not reached the ends that its partitions had. A lag in records
 * does not tell that: a group that keeps up has one too. Not thread-safe.
 */
final class CatchUp {

  /** Of the ends that are not reached yet the oldest count, so that no memory grows. */
  private static final int MOST = 100;

  private record Ends(Instant seen, Map<TopicPartition, Long> offsets) {

    boolean areReachedBy(Map<TopicPartition, Long> positions) {
      return offsets.entrySet().stream()
          .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
  }

  private final Deque<Ends> ahead = new ArrayDeque<>();

  /**
   * How long ago the oldest end was seen that the group has not reached.
   *
   * @param positions of the group, of partitions that it has committed
   * @param ends of the same partitions
   */
  Duration behind(
      Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends, Instant now) {
    while (!ahead.isEmpty() && ahead.peekFirst().areReachedBy(positions)) {
      ahead.removeFirst();
    }
    Ends seen = new Ends(now, Map.copyOf(ends));
    if (ahead.size() < MOST && !seen.areReachedBy(positions)) {
      ahead.addLast(seen);
    }
    return ahead.isEmpty() ? Duration.ZERO : Duration.between(ahead.peekFirst().seen(), now);
  }
}
