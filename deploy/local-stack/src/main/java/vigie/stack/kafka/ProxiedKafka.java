// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import vigie.stack.network.NetworkPartition;
import vigie.stack.network.TcpProxy;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/**
 * Two brokers for a test that cuts one client from one of them. Each has a second listener, and
 * that of the second broker is reached by way of a {@link TcpProxy}. A client that comes by {@link
 * #wiredServers} loses the second broker while it is cut; the other broker and all other clients do
 * not. The first broker is the controller, and coordinates all consumer groups.
 */
public final class ProxiedKafka implements AutoCloseable {

  private static final String HERE = "127.0.0.1";
  private static final String BEHIND_THE_WIRE = "127.0.0.2";

  private final Ports ports = Ports.ephemeral();
  private final NetworkPartition network = new NetworkPartition();
  private final KafkaNode first;
  private final KafkaNode second;

  private ProxiedKafka(StackFolder folder) {
    KafkaTopology topology = KafkaTopology.KRAFT_MINIMAL;
    KafkaAdminClients admins = new KafkaAdminClients(ports, Optional.empty());
    KafkaLayout layout = new KafkaLayout(folder, admins, topology, ClusterSize.of(topology));
    String controller = ",CONTROLLER://" + ports.address(Port.KAFKA_CONTROLLER);
    this.first =
        layout.server(Port.KAFKA, 1, settings(1, Port.KAFKA, Port.KAFKA_PEER, HERE, controller));
    this.second =
        layout.server(
            Port.KAFKA_2, 2, settings(2, Port.KAFKA_2, Port.KAFKA_2_PEER, BEHIND_THE_WIRE, ""));
  }

  /** Running, with free ports and all topics; killed when closed. */
  public static ProxiedKafka startIn(Path folder) {
    ProxiedKafka kafka = new ProxiedKafka(new StackFolder(folder));
    try {
      kafka.start();
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  /**
   * @param host where the second listener is
   * @param controller its listener, of the node that is one
   */
  private List<String> settings(int id, Port port, Port wired, String host, String controller) {
    String direct = "BROKER://" + ports.address(port);
    return List.of(
        "node.id=" + id,
        "process.roles=" + (controller.isEmpty() ? "broker" : "broker,controller"),
        "listeners=%s,WIRED://%s:%d%s".formatted(direct, host, ports.of(wired), controller),
        "advertised.listeners=%s,WIRED://%s".formatted(direct, ports.address(wired)),
        "listener.security.protocol.map=BROKER:PLAINTEXT,WIRED:PLAINTEXT,CONTROLLER:PLAINTEXT");
  }

  /** The topic of the groups' offsets is made while the first broker is alone, to be on it. */
  private void start() {
    network.add(BEHIND_THE_WIRE, ports.of(Port.KAFKA_2_PEER));
    first.start();
    first.awaitReady();
    try (Admin admin = first.admin()) {
      findCoordinator(admin);
      second.start();
      second.process().await(() -> first.brokers().size() == 2);
    }
    first.createTopics();
  }

  private static void findCoordinator(Admin admin) {
    try {
      admin.describeConsumerGroups(List.of("none")).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw new StackException("kafka has no coordinator: " + e.getCause().getMessage(), e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("kafka was being started when the start was given up", e);
    }
  }

  /** The broker that no wire leads to. */
  public KafkaNode first() {
    return first;
  }

  /** Of the broker that {@link #cut} cuts off. */
  public int idBehindTheWire() {
    return second.id();
  }

  /** For a client that loses the second broker when it is cut. */
  public String wiredServers() {
    return ports.address(Port.KAFKA_PEER);
  }

  /** What goes between the second broker and wired clients gets stuck. */
  public void cut() {
    network.cut(Set.of(BEHIND_THE_WIRE));
  }

  public void heal() {
    network.heal();
  }

  @Override
  public void close() {
    second.kill();
    first.kill();
    network.close();
  }
}
