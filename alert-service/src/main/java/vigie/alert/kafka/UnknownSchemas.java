// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import vigie.service.kafka.StallReason;
import vigie.service.kafka.SupervisedLoop;

/**
 * Tracks the partitions whose next record only a newer version can read. The record is no dead
 * letter: its partition is rewound to it, waits, and is tried again, so that nothing from it on is
 * committed before an upgraded instance reads it. For the thread of one loop.
 */
public final class UnknownSchemas {

  private final SupervisedLoop loop;
  private final Set<TopicPartition> waiting = new HashSet<>();

  public UnknownSchemas(SupervisedLoop loop) {
    this.loop = loop;
  }

  /**
   * Those that wait after a poll.
   *
   * @param unknown those of the polled partitions that have such a record
   */
  public Set<TopicPartition> update(
      Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled, Set<TopicPartition> unknown) {
    waiting.removeAll(polled.partitions());
    waiting.addAll(unknown);
    waiting.retainAll(consumer.assignment());
    loop.stalled(StallReason.UNKNOWN_SCHEMA, waiting);
    return Set.copyOf(waiting);
  }
}
