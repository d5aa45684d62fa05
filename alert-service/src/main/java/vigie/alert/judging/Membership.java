// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import vigie.alert.kafka.LoopThread;

/** Tells readiness whether the judge is in its group; also a member without partitions is. */
record Membership(LoopThread loop) implements ConsumerRebalanceListener {

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    loop.working();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    // Nothing is in flight between two polls, so there is nothing to hand over.
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    loop.hindered("lost its place in the consumer group");
  }
}
