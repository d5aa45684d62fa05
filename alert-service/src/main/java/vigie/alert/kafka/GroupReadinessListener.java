// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import vigie.service.kafka.SupervisedLoop;

/**
 * Tells whether a loop is in its consumer group; also a member without partitions is. For loops
 * that have nothing in flight between two polls.
 */
public record GroupReadinessListener(SupervisedLoop loop) implements ConsumerRebalanceListener {

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    loop.ready();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    // With nothing in flight there is nothing to hand over.
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    loop.notReady("lost its place in the consumer group");
  }
}
