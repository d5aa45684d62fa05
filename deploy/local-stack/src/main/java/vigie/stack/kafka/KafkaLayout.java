// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ConfigTemplate;
import vigie.stack.process.JitMode;
import vigie.stack.process.ManagedProcess;
import vigie.stack.workspace.DataTemplate;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** Prepares the processes of Kafka: their files as {@code config/kafka} says, their commands. */
final class KafkaLayout {

  /** Any 16 bytes in URL-safe Base64; one cluster per data folder, so one id serves them all. */
  private static final String CLUSTER_ID = "VmlnaWVWaWdpZVZpZ2llVg";

  private static final String KAFKA = "kafka.Kafka";
  private static final String BROKER_HEAP = "256m";
  private static final String CONTROLLER_HEAP = "128m";
  private static final String ZOOKEEPER_HEAP = "64m";
  private static final int FIRST_CONTROLLER = 101;
  private static final int RACKS = 3;

  private final StackFolder folder;
  private final Ports ports;
  private final KafkaAdminClients admins;
  private final KafkaTopology topology;
  private final ClusterSize size;
  private final List<String> more;
  private final KafkaProgram program;

  KafkaLayout(
      StackFolder folder, KafkaAdminClients admins, KafkaTopology topology, ClusterSize size) {
    this(folder, admins, topology, size, List.of());
  }

  /**
   * @param more settings of each node, which count instead of those of the form
   */
  KafkaLayout(
      StackFolder folder,
      KafkaAdminClients admins,
      KafkaTopology topology,
      ClusterSize size,
      List<String> more) {
    this.more = List.copyOf(more);
    this.folder = folder;
    this.ports = admins.ports();
    this.admins = admins;
    this.topology = topology;
    this.size = size;
    // A test of fewer processes than the form has is about starts and stops.
    JitMode jit = isWhole() ? JitMode.FULL : JitMode.QUICK;
    this.program = new KafkaProgram(folder, new ConfigTemplate(ports, Map.of()), topology, jit);
  }

  private boolean isWhole() {
    return size.equals(ClusterSize.of(topology));
  }

  KafkaProgram program() {
    return program;
  }

  List<ZooKeeperServer> zooKeeper() {
    return topology.hasZooKeeper()
        ? numbered(size.quorum(topology), this::zooKeeperServer)
        : List.of();
  }

  List<KafkaController> controllers() {
    return topology.hasZooKeeper() ? List.of() : numbered(size.quorum(topology), this::controller);
  }

  /**
   * @param zooKeeper the servers that look after them, if any
   */
  List<KafkaNode> brokers(List<ZooKeeperServer> zooKeeper) {
    return numbered(size.brokers(topology), (port, number) -> broker(port, number, zooKeeper));
  }

  private KafkaNode broker(Port port, int id, List<ZooKeeperServer> zooKeeper) {
    String template = topology == KafkaTopology.KRAFT_STEADY ? "broker" : "server";
    Path settings = settings(template, port, id);
    return broker(
        port,
        id,
        settings,
        topology.hasZooKeeper()
            ? () -> awaitEndOfSession(id, zooKeeper)
            : formatting(template, port.part(), id, settings));
  }

  /**
   * @param preparation what has to come before each start
   */
  KafkaNode broker(Port port, int id, Path settings, Runnable preparation) {
    ChildProcess process =
        program.node(port.part(), ports.host(port), BROKER_HEAP, KAFKA, settings);
    return new KafkaNode(id, admins, port, program, process, preparation);
  }

  /**
   * A node of the form of one process.
   *
   * @param more settings, which count instead of those of the form
   */
  KafkaNode server(Port port, int id, List<String> more) {
    Path settings = with(more, settings("server", port, id));
    return broker(port, id, settings, formatting("server", port.part(), id, settings));
  }

  private KafkaController controller(Port port, int number) {
    int id = controllerId(number);
    Path settings = settings("controller", port, id);
    return controller(port, id, settings, formatting("controller", port.part(), id, settings));
  }

  KafkaController controller(Port port, int id, Path settings, Runnable preparation) {
    ChildProcess process =
        program.node(port.part(), ports.host(port), CONTROLLER_HEAP, KAFKA, settings);
    return new KafkaController(id, admins, port, process, preparation);
  }

  /**
   * @param number from 1
   */
  static int controllerId(int number) {
    return FIRST_CONTROLLER + number - 1;
  }

  private ZooKeeperServer zooKeeperServer(Port port, int number) {
    String name = port.part();
    Path settings = settings("zookeeper", port, number);
    return new ZooKeeperServer(
        ports.of(port),
        program.zooKeeper(name, ZOOKEEPER_HEAP, settings),
        () -> OneTimeSetup.of(folder.data(name), () -> writeNumber(folder.data(name), number)));
  }

  private Path settings(String template, Port port, int node) {
    List<String> files =
        new ArrayList<>(List.of("kafka/%s/%s.properties".formatted(topology, template)));
    if (admins.users().isPresent()) {
      files.add("kafka/secure.properties");
      files.add("kafka/%s/secure-%s.properties".formatted(topology, template));
    }
    return settings(files, port, node);
  }

  /**
   * @param files of {@code config/}; what a later one says again counts
   */
  Path settings(List<String> files, Port port, int node) {
    String name = port.part();
    String data = folder.data(name).toString();
    Map<String, String> variables = new HashMap<>();
    variables.put("KAFKA_NODE", Integer.toString(node));
    variables.put("KAFKA_NODE_PORT", Integer.toString(ports.of(port)));
    variables.put("KAFKA_RACK", "rack-" + (1 + (node - 1) % RACKS));
    variables.put("KAFKA_DATA", data);
    variables.put("ZOOKEEPER_NODE_PORT", Integer.toString(ports.of(port)));
    variables.put("ZOOKEEPER_DATA", data);
    if (admins.users().isPresent()) {
      variables.putAll(admins.users().get().variables());
      if (topology.brokers().contains(port)) {
        variables.put("KAFKA_NODE_PEER_PORT", Integer.toString(ports.of(port.peer())));
      }
    }
    Path settings =
        new ConfigTemplate(ports, variables)
            .render(files, folder.conf("kafka/" + name + ".properties"));
    return with(more, isWhole() ? settings : withoutAbsent(settings));
  }

  private static Path with(List<String> more, Path settings) {
    try {
      return Files.write(settings, more, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes out the addresses of those that a smaller cluster does without. */
  private Path withoutAbsent(Path settings) {
    try {
      String text = Files.readString(settings);
      for (KafkaTopology known : KafkaTopology.values()) {
        if (known.isSteady()) {
          for (Port port : size.absent(known)) {
            text = text.replaceAll(",(\\d+@)?" + ports.address(port) + "\\b", "");
          }
        }
      }
      return Files.writeString(settings, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Runnable formatting(String template, String name, int id, Path settings) {
    return () -> OneTimeSetup.of(folder.data(name), () -> format(template, name, id, settings));
  }

  /** A copy bears its own ids of node and folder: by them a controller tells its brokers apart. */
  private void format(String template, String name, int id, Path settings) {
    Path data = folder.data(name);
    DataTemplate formatted =
        new DataTemplate(
            folder, "kafka-%s-%s-%s".formatted(topology, template, program.fingerprint()));
    if (formatted.copiedTo(data)) {
      Path properties = data.resolve("meta.properties");
      DataTemplate.set(properties, "node.id", Integer.toString(id));
      DataTemplate.set(properties, "directory.id", Uuid.randomUuid().toString());
    } else {
      program.format(name, CLUSTER_ID, settings);
      formatted.store(data);
    }
  }

  /** By its number a server finds itself among its peers. */
  private static void writeNumber(Path data, int number) {
    try {
      Files.writeString(data.resolve("myid"), Integer.toString(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A broker ends at once when ZooKeeper still has the session of the one it replaces. */
  static void awaitEndOfSession(int broker, List<ZooKeeperServer> servers) {
    ZooKeeperServer server =
        servers.stream()
            .filter(one -> one.process().isAlive())
            .findFirst()
            .orElseThrow(() -> new StackException("no ZooKeeper server runs: start those first"));
    server
        .process()
        .await(ManagedProcess.STARTUP, () -> server.isReady() && !server.hasSessionOf(broker));
  }

  private interface Numbered<T> {
    T of(Port port, int number);
  }

  private static <T> List<T> numbered(List<Port> ports, Numbered<T> part) {
    return IntStream.range(0, ports.size()).mapToObj(i -> part.of(ports.get(i), i + 1)).toList();
  }
}
