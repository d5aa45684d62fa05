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
import vigie.stack.process.Compiler;
import vigie.stack.process.Part;
import vigie.stack.process.Template;
import vigie.stack.workspace.DataTemplate;
import vigie.stack.workspace.FirstStart;
import vigie.stack.workspace.Folder;
import vigie.stack.workspace.PartFailure;

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

  private final Folder folder;
  private final Ports ports;
  private final KafkaOperator operator;
  private final KafkaForm form;
  private final KafkaSize size;
  private final KafkaProgram program;

  KafkaLayout(Folder folder, KafkaOperator operator, KafkaForm form, KafkaSize size) {
    this.folder = folder;
    this.ports = operator.ports();
    this.operator = operator;
    this.form = form;
    this.size = size;
    // A test of fewer processes than the form has is about starts and stops.
    Compiler compiler = isWhole() ? Compiler.FULL : Compiler.QUICK;
    this.program = new KafkaProgram(folder, new Template(ports, Map.of()), form, compiler);
  }

  private boolean isWhole() {
    return size.equals(KafkaSize.of(form));
  }

  KafkaProgram program() {
    return program;
  }

  List<ZooKeeperServer> zooKeeper() {
    return form.hasZooKeeper() ? numbered(size.quorum(form), this::zooKeeperServer) : List.of();
  }

  List<KafkaController> controllers() {
    return form.hasZooKeeper() ? List.of() : numbered(size.quorum(form), this::controller);
  }

  /**
   * @param zooKeeper the servers that look after them, if any
   */
  List<KafkaNode> brokers(List<ZooKeeperServer> zooKeeper) {
    return numbered(size.brokers(form), (port, number) -> broker(port, number, zooKeeper));
  }

  private KafkaNode broker(Port port, int id, List<ZooKeeperServer> zooKeeper) {
    String template = form == KafkaForm.KRAFT_STEADY ? "broker" : "server";
    Path settings = settings(template, port, id);
    return broker(
        port,
        id,
        settings,
        form.hasZooKeeper()
            ? () -> awaitEndOfSession(id, zooKeeper)
            : formatting(template, port.part(), id, settings));
  }

  /**
   * @param preparation what has to come before each start
   */
  KafkaNode broker(Port port, int id, Path settings, Runnable preparation) {
    ChildProcess process = program.node(port.part(), BROKER_HEAP, KAFKA, settings);
    return new KafkaNode(id, operator, port, program, process, preparation);
  }

  /**
   * A node of the form of one process.
   *
   * @param more settings, which count instead of those of the form
   */
  KafkaNode server(Port port, int id, List<String> more) {
    Path settings = settings("server", port, id);
    try {
      Files.write(settings, more, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return broker(port, id, settings, formatting("server", port.part(), id, settings));
  }

  private KafkaController controller(Port port, int number) {
    int id = controllerId(number);
    Path settings = settings("controller", port, id);
    return controller(port, id, settings, formatting("controller", port.part(), id, settings));
  }

  KafkaController controller(Port port, int id, Path settings, Runnable preparation) {
    ChildProcess process = program.node(port.part(), CONTROLLER_HEAP, KAFKA, settings);
    return new KafkaController(id, operator, port, process, preparation);
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
        () -> FirstStart.of(folder.data(name), () -> writeNumber(folder.data(name), number)));
  }

  private Path settings(String template, Port port, int node) {
    List<String> files =
        new ArrayList<>(List.of("kafka/%s/%s.properties".formatted(form, template)));
    if (operator.users().isPresent()) {
      files.add("kafka/secure.properties");
      files.add("kafka/%s/secure-%s.properties".formatted(form, template));
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
    if (operator.users().isPresent()) {
      variables.putAll(operator.users().get().variables());
      if (form.brokers().contains(port)) {
        variables.put("KAFKA_NODE_PEER_PORT", Integer.toString(ports.of(port.peer())));
      }
    }
    Path settings =
        new Template(ports, variables).render(files, folder.conf("kafka/" + name + ".properties"));
    return isWhole() ? settings : withoutAbsent(settings);
  }

  /** Takes out the addresses of those that a smaller cluster does without. */
  private Path withoutAbsent(Path settings) {
    try {
      String text = Files.readString(settings);
      for (KafkaForm known : KafkaForm.values()) {
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
    return () -> FirstStart.of(folder.data(name), () -> format(template, name, id, settings));
  }

  /** A copy bears its own ids of node and folder: by them a controller tells its brokers apart. */
  private void format(String template, String name, int id, Path settings) {
    Path data = folder.data(name);
    DataTemplate formatted =
        new DataTemplate(folder, "kafka-%s-%s-%s".formatted(form, template, program.fingerprint()));
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
