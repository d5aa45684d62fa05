// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.util.Arrays;
import java.util.List;

/** What a node is on the way from the form {@code steady} to {@code kraft-steady}, in order. */
public enum MigrationStage {
  /** As in the form {@code steady}. */
  ZOOKEEPER(KafkaTopology.STEADY, "steady/server", ""),
  /** Writes to ZooKeeper and to the controllers. */
  MIGRATING(
      KafkaTopology.STEADY,
      "steady/server migration/server",
      "kraft-steady/controller migration/controller"),
  /** As in the form {@code kraft-steady}, but of the version that still knows ZooKeeper. */
  KRAFT(KafkaTopology.STEADY, "kraft-steady/broker", "kraft-steady/controller"),
  /** As in the form {@code kraft-steady}. */
  UPGRADED(KafkaTopology.KRAFT_STEADY, "kraft-steady/broker", "kraft-steady/controller");

  private final KafkaTopology version;
  private final String broker;
  private final String controller;

  MigrationStage(KafkaTopology version, String broker, String controller) {
    this.version = version;
    this.broker = broker;
    this.controller = controller;
  }

  /** The form whose version of Kafka the node runs. */
  KafkaTopology version() {
    return version;
  }

  /** A broker's files in {@code config/}; what a later one says again counts. */
  List<String> broker() {
    return files(broker);
  }

  /** As {@link #broker}, of a controller. */
  List<String> controller() {
    return files(controller);
  }

  /** Whether a broker has a session with ZooKeeper. */
  boolean hasSession() {
    return compareTo(KRAFT) < 0;
  }

  private static List<String> files(String names) {
    return Arrays.stream(names.split(" ")).map("kafka/%s.properties"::formatted).toList();
  }
}
