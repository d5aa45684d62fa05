// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import vigie.stack.ports.Ports;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.Shutdown;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** Kafka in one of its forms: brokers, and the ZooKeeper servers or controllers over them. */
public final class KafkaCluster implements AutoCloseable {

  private final KafkaTopology topology;
  private final ClusterSize size;
  private final StackFolder folder;
  private final KafkaAdminClients admins;
  private final List<ZooKeeperServer> zooKeeper;
  private final List<KafkaController> controllers;
  private final List<KafkaNode> brokers;

  public KafkaCluster(StackFolder folder, Ports ports, KafkaTopology topology) {
    this(folder, ports, topology, Optional.empty());
  }

  /**
   * @param users who may enter; empty when every client that reaches Kafka may enter
   */
  public KafkaCluster(
      StackFolder folder, Ports ports, KafkaTopology topology, Optional<KafkaUsers> users) {
    this(folder, ports, topology, users, ClusterSize.of(topology), List.of());
  }

  /**
   * As the other constructors, with fewer processes than the form has.
   *
   * @param more settings of each node, which count instead of those of the form
   */
  private KafkaCluster(
      StackFolder folder,
      Ports ports,
      KafkaTopology topology,
      Optional<KafkaUsers> users,
      ClusterSize size,
      List<String> more) {
    if (users.isPresent() && topology.hasZooKeeper()) {
      throw new StackException(
          "Kafka in the form %s lets in whoever reaches its ZooKeeper: --secure needs --kafka %s or %s"
              .formatted(topology, KafkaTopology.KRAFT_MINIMAL, KafkaTopology.KRAFT_STEADY));
    }
    this.admins = new KafkaAdminClients(ports, users);
    KafkaLayout layout = new KafkaLayout(folder, admins, topology, size, more);
    this.topology = topology;
    this.size = size;
    this.folder = folder;
    this.zooKeeper = layout.zooKeeper();
    this.controllers = layout.controllers();
    this.brokers = layout.brokers(zooKeeper);
  }

  /**
   * A running cluster of its own, with free ports and all topics, for a test; it is killed when
   * closed.
   */
  public static KafkaCluster startIn(Path folder, KafkaTopology topology) {
    return startIn(folder, topology, ClusterSize.of(topology));
  }

  /**
   * As {@link #startIn(Path, KafkaTopology)}, with fewer processes.
   *
   * @param topology a steady one
   */
  public static KafkaCluster startIn(Path folder, KafkaTopology topology, ClusterSize size) {
    return startIn(folder, Ports.ephemeral(), topology, size, List.of());
  }

  /**
   * As {@link #startIn(Path, KafkaTopology, ClusterSize)}, at these ports.
   *
   * @param more settings of each node, which count instead of those of the form
   */
  public static KafkaCluster startIn(
      Path folder, Ports ports, KafkaTopology topology, ClusterSize size, List<String> more) {
    KafkaCluster kafka =
        new KafkaCluster(new StackFolder(folder), ports, topology, Optional.empty(), size, more);
    kafka.parts().forEach(ManagedProcess::killWhenClosed);
    try {
      kafka.start();
      kafka.createTopics();
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  /** Numbered from 1, as their ids say. */
  public List<KafkaNode> brokers() {
    return brokers;
  }

  /** The ZooKeeper servers or the controllers; none where the broker is its own controller. */
  public List<QuorumMember> quorum() {
    List<QuorumMember> quorum = new ArrayList<>(zooKeeper);
    quorum.addAll(controllers);
    return quorum;
  }

  /** All brokers, so that any of them may be away. */
  public String bootstrapServers() {
    return brokers.stream().map(KafkaNode::bootstrapServers).collect(Collectors.joining(","));
  }

  /** With all rights. */
  public Admin admin() {
    return admins.at(size.brokers(topology));
  }

  /** The topics and quotas of {@code config} that do not exist yet. */
  public void createTopics() {
    try (Admin admin = admin()) {
      Topics.read().createMissing(admin);
      if (topology.isSteady()) {
        Quotas.read().setMissing(admin);
      }
    }
  }

  /** Where users are told apart: lets them in. Returns once the last of them may do its work. */
  public void admitUsers() {
    admins
        .users()
        .ifPresent(
            users -> {
              try (Admin admin = admin()) {
                users.admit(admin);
              }
              for (KafkaNode broker : brokers) {
                broker.process().await(() -> users.areKnownTo(broker.bootstrapServers()));
              }
            });
  }

  /** What a client of Vigie has to be told in order to enter as this user. */
  public Map<String, String> environment(String user) {
    Map<String, String> environment = new HashMap<>();
    admins.users().ifPresent(users -> environment.putAll(users.environment(user)));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    return environment;
  }

  /** As {@link KafkaNode#run}. */
  public String run(String main, Duration timeout, List<String> arguments) {
    return brokers.get(0).run(main, timeout, arguments);
  }

  /** Starts all and waits until each broker is one of the cluster. */
  public void start() {
    PersistedTopology.require(folder, topology);
    quorum().parallelStream().forEach(ManagedProcess::start);
    if (topology.hasZooKeeper()) {
      // A broker asks for ZooKeeper once, for as long as its session may last.
      zooKeeper.forEach(ManagedProcess::awaitReady);
    }
    brokers.parallelStream().forEach(ManagedProcess::start);
    quorum().forEach(ManagedProcess::awaitReady);
    for (KafkaNode broker : brokers) {
      broker.process().await(() -> broker.brokers().size() == brokers.size());
    }
  }

  /** Whether every copy of every partition of our topics is there and up to date. */
  public boolean isInSync() throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      return Topics.read().areInSync(admin);
    }
  }

  /** Returns once {@link #isInSync}, as before the next broker is stopped on purpose. */
  public void awaitInSync() {
    brokers.get(0).process().await(ManagedProcess.STARTUP, this::isInSync);
  }

  /** SIGKILL for all: where nothing that it holds is needed again. */
  public void kill() {
    parts().forEach(ManagedProcess::kill);
  }

  /** The brokers together, then the quorum, which they need to hand over. */
  @Override
  public void close() {
    Shutdown.inOrder(List.of(closing(brokers), closing(quorum())));
  }

  /** Every process, in the order in which they are stopped. */
  public List<ManagedProcess> parts() {
    List<ManagedProcess> parts = new ArrayList<>(brokers);
    parts.addAll(quorum());
    return parts;
  }

  private static List<Runnable> closing(List<? extends ManagedProcess> parts) {
    return parts.stream().<Runnable>map(part -> part::close).toList();
  }
}
