// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import vigie.stack.ports.Port;
import vigie.stack.process.TopologyName;

/** What Kafka is made of; each has a folder of settings in {@code config/kafka}. */
public enum KafkaTopology {
  /** One process that is broker and controller. */
  KRAFT_MINIMAL(1, 0, false),
  /** One broker and one ZooKeeper server. */
  MINIMAL(1, 1, true),
  /** Five brokers and three controllers. */
  KRAFT_STEADY(5, 3, false),
  /** Five brokers and three ZooKeeper servers. */
  STEADY(5, 3, true);

  private static final List<Port> BROKERS =
      List.of(Port.KAFKA, Port.KAFKA_2, Port.KAFKA_3, Port.KAFKA_4, Port.KAFKA_5);
  private static final List<Port> CONTROLLERS =
      List.of(Port.KAFKA_CONTROLLER, Port.KAFKA_CONTROLLER_2, Port.KAFKA_CONTROLLER_3);
  private static final List<Port> ZOOKEEPER =
      List.of(Port.ZOOKEEPER, Port.ZOOKEEPER_2, Port.ZOOKEEPER_3);

  private final int brokers;
  private final int quorum;
  private final boolean zooKeeper;

  KafkaTopology(int brokers, int quorum, boolean zooKeeper) {
    this.brokers = brokers;
    this.quorum = quorum;
    this.zooKeeper = zooKeeper;
  }

  /**
   * The form of this name.
   *
   * @param name as in {@code config/kafka}, such as {@code kraft-minimal}
   */
  public static KafkaTopology parse(String name) {
    return TopologyName.find("Kafka", values(), name);
  }

  /** The port of each broker. */
  List<Port> brokers() {
    return BROKERS.subList(0, brokers);
  }

  /** The port of each ZooKeeper server or controller that is a process of its own. */
  List<Port> quorum() {
    return (zooKeeper ? ZOOKEEPER : CONTROLLERS).subList(0, quorum);
  }

  public boolean hasZooKeeper() {
    return zooKeeper;
  }

  /** Whether a broker may be away without anybody having to wait for it. */
  public boolean isSteady() {
    return brokers > 1;
  }

  /**
   * The ports of Vigie that are taken when Kafka has this form.
   *
   * @param secure whether brokers meet where clients do not come
   */
  public Set<Port> ports(boolean secure) {
    Set<Port> ports = EnumSet.allOf(Port.class);
    ports.removeIf(port -> port.name().matches("(KAFKA|ZOOKEEPER).*"));
    ports.addAll(brokers());
    ports.addAll(quorum());
    if (secure) {
      brokers().stream().map(Port::peer).forEach(ports::add);
    }
    if (this == KRAFT_MINIMAL) {
      ports.add(Port.KAFKA_CONTROLLER);
    }
    if (this == STEADY) {
      ports.addAll(EnumSet.range(Port.ZOOKEEPER_PEER, Port.ZOOKEEPER_3_ELECTION));
    }
    return ports;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
