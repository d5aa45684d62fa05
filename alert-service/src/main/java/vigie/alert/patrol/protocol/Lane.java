// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of one feed. Lanes are numbered feed by feed within a partition, so that a number
 * stays the same when topics get more partitions; a number may stand for a partition that its topic
 * does not have.
 */
public record Lane(Feed feed, int partition) {

  /** Cursors that units hold depend on this order. */
  static final List<Feed> FEEDS = List.of(Feed.ALERTS, Feed.REPORTS);

  public static Lane of(int number) {
    return new Lane(FEEDS.get(number % FEEDS.size()), number / FEEDS.size());
  }

  public static Lane of(TopicPartition partition) {
    for (Feed feed : FEEDS) {
      if (feed.topic().equals(partition.topic())) {
        return new Lane(feed, partition.partition());
      }
    }
    throw new IllegalArgumentException("No feed comes from " + partition);
  }

  public int number() {
    return partition * FEEDS.size() + FEEDS.indexOf(feed);
  }

  public TopicPartition topicPartition() {
    return new TopicPartition(feed.topic(), partition);
  }
}
