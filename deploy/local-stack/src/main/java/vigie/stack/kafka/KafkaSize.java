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
public record KafkaSize(int brokers, int quorum) {

  static KafkaSize of(KafkaForm form) {
    return new KafkaSize(form.brokers().size(), form.quorum().size());
  }

  List<Port> brokers(KafkaForm form) {
    return form.brokers().subList(0, brokers);
  }

  List<Port> quorum(KafkaForm form) {
    return form.quorum().subList(0, quorum);
  }

  /** Those of the form's quorum that the cluster does without. */
  List<Port> absent(KafkaForm form) {
    return new ArrayList<>(form.quorum().subList(quorum, form.quorum().size()));
  }
}
