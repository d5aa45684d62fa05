// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Prepares the processes of Kafka: their files as {@code config/kafka} says, their commands. */
final class KafkaLayout {

  /** Any 16 bytes in URL-safe Base64; one cluster per data folder, so one id serves them all. */
  private static final String CLUSTER_ID = "VmlnaWVWaWdpZVZpZ2llVg";

  private static final String BROKER_HEAP = "256m";
  private static final String CONTROLLER_HEAP = "128m";
  private static final String ZOOKEEPER_HEAP = "64m";
  private static final int FIRST_CONTROLLER = 101;
  private static final int RACKS = 3;

  private final Folder folder;
  private final Ports ports;
  private final KafkaOperator operator;
  private final KafkaForm form;
  private final KafkaProgram program;

  KafkaLayout(Folder folder, KafkaOperator operator, KafkaForm form) {
    this.folder = folder;
    this.ports = operator.ports();
    this.operator = operator;
    this.form = form;
    this.program = new KafkaProgram(folder, new Template(ports, Map.of()), form);
  }

  List<ZooKeeperServer> zooKeeper() {
    return form.hasZooKeeper() ? numbered(form.quorum(), this::zooKeeperServer) : List.of();
  }

  List<KafkaController> controllers() {
    return form.hasZooKeeper() ? List.of() : numbered(form.quorum(), this::controller);
  }

  /**
   * @param zooKeeper the servers that look after them, if any
   */
  List<KafkaNode> brokers(List<ZooKeeperServer> zooKeeper) {
    return numbered(form.brokers(), (port, number) -> broker(port, number, zooKeeper));
  }

  private KafkaNode broker(Port port, int id, List<ZooKeeperServer> zooKeeper) {
    String name = port.part();
    String template = form == KafkaForm.KRAFT_STEADY ? "broker" : "server";
    Path settings = settings(template, port, id);
    return new KafkaNode(
        id,
        operator,
        port,
        program,
        program.node(name, BROKER_HEAP, "kafka.Kafka", settings),
        form.hasZooKeeper() ? () -> awaitEndOfSession(id, zooKeeper) : formatting(name, settings));
  }

  private KafkaController controller(Port port, int number) {
    int id = FIRST_CONTROLLER + number - 1;
    String name = port.part();
    Path settings = settings("controller", port, id);
    return new KafkaController(
        id,
        operator,
        port,
        program.node(name, CONTROLLER_HEAP, "kafka.Kafka", settings),
        formatting(name, settings));
  }

  private ZooKeeperServer zooKeeperServer(Port port, int number) {
    String name = port.part();
    Path settings = settings("zookeeper", port, number);
    return new ZooKeeperServer(
        ports.of(port),
        program.node(
            name, ZOOKEEPER_HEAP, "org.apache.zookeeper.server.quorum.QuorumPeerMain", settings),
        () -> FirstStart.of(folder.data(name), () -> writeNumber(folder.data(name), number)));
  }

  private Path settings(String template, Port port, int node) {
    String name = port.part();
    String data = folder.data(name).toString();
    Map<String, String> variables = new HashMap<>();
    variables.put("KAFKA_NODE", Integer.toString(node));
    variables.put("KAFKA_NODE_PORT", Integer.toString(ports.of(port)));
    variables.put("KAFKA_RACK", "rack-" + (1 + (node - 1) % RACKS));
    variables.put("KAFKA_DATA", data);
    variables.put("ZOOKEEPER_NODE_PORT", Integer.toString(ports.of(port)));
    variables.put("ZOOKEEPER_DATA", data);
    List<String> files =
        new ArrayList<>(List.of("kafka/%s/%s.properties".formatted(form, template)));
    if (operator.users().isPresent()) {
      variables.putAll(operator.users().get().variables());
      if (form.brokers().contains(port)) {
        variables.put("KAFKA_NODE_PEER_PORT", Integer.toString(ports.of(port.peer())));
      }
      files.add("kafka/secure.properties");
      files.add("kafka/%s/secure-%s.properties".formatted(form, template));
    }
    return new Template(ports, variables)
        .render(files, folder.conf("kafka/" + name + ".properties"));
  }

  private Runnable formatting(String name, Path settings) {
    return () -> FirstStart.of(folder.data(name), () -> program.format(name, CLUSTER_ID, settings));
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
  private static void awaitEndOfSession(int broker, List<ZooKeeperServer> servers) {
    ZooKeeperServer server =
        servers.stream()
            .filter(one -> one.process().isAlive())
            .findFirst()
            .orElseThrow(() -> new PartFailure("no ZooKeeper server runs: start those first"));
    server.process().await(Part.STARTUP, () -> server.isReady() && !server.hasSessionOf(broker));
  }

  private interface Numbered<T> {
    T of(Port port, int number);
  }

  private static <T> List<T> numbered(List<Port> ports, Numbered<T> part) {
    return IntStream.range(0, ports.size()).mapToObj(i -> part.of(ports.get(i), i + 1)).toList();
  }
}
