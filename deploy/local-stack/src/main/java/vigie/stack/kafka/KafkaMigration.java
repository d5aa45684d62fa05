// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.Shutdown;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackFolder;

/**
 * The nodes of a cluster that goes from the form {@code steady} to {@code kraft-steady}: their data
 * and addresses stay, their settings are those of a {@link MigrationStage}. {@code
 * deploy/kafka-migration.md} says in which order.
 */
public final class KafkaMigration implements AutoCloseable {

  private static final Duration COMMAND = Duration.ofMinutes(1);

  /** What a broker without ZooKeeper keeps of what the controllers say. */
  private static final String METADATA = "__cluster_metadata-0";

  private final StackFolder folder;
  private final Ports ports = Ports.ephemeral();
  private final KafkaAdminClients admins = new KafkaAdminClients(ports, Optional.empty());
  private final Map<KafkaTopology, KafkaLayout> layouts = new EnumMap<>(KafkaTopology.class);
  private final List<Port> brokerPorts;
  private final List<Port> controllerPorts;
  private final List<ZooKeeperServer> zooKeeper;
  private final List<KafkaNode> brokers = new ArrayList<>();
  private final List<KafkaController> controllers = new ArrayList<>();

  /**
   * @param size with as many ZooKeeper servers as controllers: 3, or 1
   */
  public KafkaMigration(Path root, ClusterSize size) {
    folder = new StackFolder(root);
    brokerPorts = size.brokers(KafkaTopology.STEADY);
    controllerPorts = size.quorum(KafkaTopology.KRAFT_STEADY);
    for (KafkaTopology version : List.of(KafkaTopology.STEADY, KafkaTopology.KRAFT_STEADY)) {
      layouts.put(version, new KafkaLayout(folder, admins, version, size));
    }
    KafkaTopology topology = size.quorum() == 1 ? KafkaTopology.MINIMAL : KafkaTopology.STEADY;
    zooKeeper = new KafkaLayout(folder, admins, topology, ClusterSize.of(topology)).zooKeeper();
  }

  /** Starts it as the form {@code steady}, with all topics and quotas. */
  public void start() {
    zooKeeper.parallelStream().forEach(ManagedProcess::start);
    zooKeeper.forEach(ManagedProcess::awaitReady);
    for (int number = 1; number <= brokerPorts.size(); number++) {
      brokers.add(broker(number, MigrationStage.ZOOKEEPER));
    }
    brokers.parallelStream().forEach(ManagedProcess::start);
    for (KafkaNode broker : brokers) {
      broker
          .process()
          .await(ManagedProcess.STARTUP, () -> broker.brokers().size() == brokers.size());
    }
    try (Admin admin = admin()) {
      Topics.read().createMissing(admin);
      Quotas.read().setMissing(admin);
    }
  }

  /** The numbers of the brokers, which are their ids. */
  public List<Integer> brokers() {
    return numbers(brokerPorts);
  }

  public List<Integer> controllers() {
    return numbers(controllerPorts);
  }

  /** As {@link #controllers}, the one that the others follow last. */
  public List<Integer> controllersActiveLast() throws Exception {
    List<Integer> numbers = new ArrayList<>(controllers());
    for (int number : controllers()) {
      if (controllers.get(number - 1).leads()) {
        numbers.remove(Integer.valueOf(number));
        numbers.add(number);
      }
    }
    return numbers;
  }

  /**
   * Stops this broker, and returns once it is one of the cluster again at that stage. On the way
   * back it forgets what the controllers told it.
   */
  public void restartBroker(int number, MigrationStage stage) {
    brokers.get(number - 1).stop();
    if (stage.hasSession()) {
      delete(folder.data(brokerPorts.get(number - 1).part()).resolve(METADATA));
    }
    KafkaNode next = broker(number, stage);
    brokers.set(number - 1, next);
    next.start();
    next.awaitReady();
  }

  /** Writes the settings of this controller at that stage, and answers where they are. */
  public Path controllerSettings(int number, MigrationStage stage) {
    Port port = controllerPorts.get(number - 1);
    return layouts
        .get(stage.version())
        .settings(stage.controller(), port, KafkaLayout.controllerId(number));
  }

  /** Starts all controllers, whose folders are formatted; returns once they follow a leader. */
  public void startControllers(MigrationStage stage) {
    for (int number : controllers()) {
      controllers.add(controller(number, stage));
    }
    controllers.parallelStream().forEach(ManagedProcess::start);
    controllers.forEach(ManagedProcess::awaitReady);
  }

  /** Stops this controller, and returns once it leads or follows at that stage. */
  public void restartController(int number, MigrationStage stage) {
    controllers.get(number - 1).stop();
    KafkaController next = controller(number, stage);
    controllers.set(number - 1, next);
    next.start();
    next.awaitReady();
  }

  /** Whether a controller has logged this since the folder is there. */
  public boolean aControllerSaid(String message) throws IOException {
    for (KafkaController controller : controllers) {
      if (Files.readString(controller.process().log()).contains(message)) {
        return true;
      }
    }
    return false;
  }

  /** Stops all controllers, and deletes their data. */
  public void removeControllers() {
    controllers.forEach(ManagedProcess::stop);
    controllers.clear();
    controllerPorts.forEach(port -> delete(folder.data(port.part())));
  }

  public void stopZooKeeper() {
    zooKeeper.forEach(ManagedProcess::stop);
  }

  public String zooKeeperAddress() {
    return ports.address(Port.ZOOKEEPER);
  }

  public String controllerAddresses() {
    return addresses(controllerPorts);
  }

  public String bootstrapServers() {
    return addresses(brokerPorts);
  }

  public Admin admin() {
    return admins.at(brokerPorts);
  }

  /** Whether every copy of every partition of our topics is there and up to date. */
  public boolean isInSync() throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      return Topics.read().areInSync(admin);
    }
  }

  /**
   * Runs one of the commands of Kafka to a good end, of the version that nodes run at that stage.
   *
   * @param main its class
   * @return what it printed, behind what it printed before
   */
  public String run(MigrationStage stage, String main, List<String> arguments) {
    return layouts.get(stage.version()).program().run(main, COMMAND, arguments);
  }

  @Override
  public void close() {
    Shutdown.inOrder(List.of(closing(brokers), closing(controllers), closing(zooKeeper)));
  }

  private KafkaNode broker(int number, MigrationStage stage) {
    Port port = brokerPorts.get(number - 1);
    KafkaLayout layout = layouts.get(stage.version());
    return layout.broker(
        port,
        number,
        layout.settings(stage.broker(), port, number),
        stage.hasSession() ? () -> KafkaLayout.awaitEndOfSession(number, zooKeeper) : () -> {});
  }

  private KafkaController controller(int number, MigrationStage stage) {
    return layouts
        .get(stage.version())
        .controller(
            controllerPorts.get(number - 1),
            KafkaLayout.controllerId(number),
            controllerSettings(number, stage),
            () -> {});
  }

  private String addresses(List<Port> all) {
    return all.stream().map(ports::address).collect(Collectors.joining(","));
  }

  private static void delete(Path data) {
    try {
      OneTimeSetup.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> numbers(List<Port> all) {
    return IntStream.rangeClosed(1, all.size()).boxed().toList();
  }

  private static List<Runnable> closing(List<? extends ManagedProcess> parts) {
    return parts.stream().<Runnable>map(part -> part::close).toList();
  }
}
