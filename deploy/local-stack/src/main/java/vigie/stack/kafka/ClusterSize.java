// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.util.ArrayList;
import java.util.List;
import vigie.stack.ports.Port;

/**
 * How many processes a cluster has: as many as its form, or, for a test, fewer of them.
 *
 * @param quorum the ZooKeeper servers, or the controllers
 */
public record ClusterSize(int brokers, int quorum) {

  static ClusterSize of(KafkaTopology topology) {
    return new ClusterSize(topology.brokers().size(), topology.quorum().size());
  }

  List<Port> brokers(KafkaTopology topology) {
    return topology.brokers().subList(0, brokers);
  }

  List<Port> quorum(KafkaTopology topology) {
    return topology.quorum().subList(0, quorum);
  }

  /** Those of the form's quorum that the cluster does without. */
  List<Port> absent(KafkaTopology topology) {
    return new ArrayList<>(topology.quorum().subList(quorum, topology.quorum().size()));
  }
}
