// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka answered to a client other than the consumer.
 *
 * @param answers whether any broker answered
 * @param ends the end offset of each partition whose leader answered
 * @param silent the partitions whose leader did not answer
 * @param leaderless the partitions that no broker leads, so that no client reaches them
 * @param members the ids of the members of the consumer group; nothing when they are not known
 */
public record ClusterView(
    boolean answers,
    Map<TopicPartition, Long> ends,
    Set<TopicPartition> silent,
    Set<TopicPartition> leaderless,
    Optional<Set<String>> members) {

  /** What is known while no broker answers. */
  static final ClusterView NONE =
      new ClusterView(false, Map.of(), Set.of(), Set.of(), Optional.empty());
}
