// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a partition is.
 *
 * @param brokers whose copies it has, the one that leads when all is well first
 * @param inSync those of them that have all that was acknowledged
 * @param leader who takes records, or -1
 * @param required how many must be in sync for a record to be taken
 */
record Copies(
    TopicPartition partition,
    List<Integer> brokers,
    List<Integer> inSync,
    int leader,
    int required) {

  static final int NO_LEADER = -1;

  boolean isOffline() {
    return leader == NO_LEADER;
  }

  boolean isWhole() {
    return !isOffline() && inSync.size() == brokers.size();
  }

  /** Whether Kafka refuses records, although the partition has a leader. */
  boolean isBelowRequired() {
    return inSync.size() < required;
  }

  /** Whether records are taken while this broker is away. */
  boolean canDoWithout(int broker) {
    return inSync.stream().filter(one -> one != broker).count() >= required;
  }

  /** Whether it could, if only every copy was in sync. */
  boolean canEverDoWithout(int broker) {
    return !brokers.contains(broker) || brokers.size() > required;
  }
}
