// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of one topic of the log. Its number is called a lane. Lanes are numbered topic by
 * topic within a partition, so that a number stays the same when topics get more partitions; a
 * number may stand for a partition that its topic does not have.
 */
public record LogPartition(LogTopic feed, int partition) {

  /** Cursors that units hold depend on this order. */
  static final List<LogTopic> FEEDS = List.of(LogTopic.ALERTS, LogTopic.REPORTS);

  public static LogPartition of(int number) {
    return new LogPartition(FEEDS.get(number % FEEDS.size()), number / FEEDS.size());
  }

  public static LogPartition of(TopicPartition partition) {
    for (LogTopic feed : FEEDS) {
      if (feed.topic().equals(partition.topic())) {
        return new LogPartition(feed, partition.partition());
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
