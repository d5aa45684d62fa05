// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.ProducerSettings;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/**
 * A process of its own that takes events over HTTP into a Kafka.
 *
 * @param issuer of the tokens that it asks for; empty when it asks for none
 */
record Gateway(
    String name, InetSocketAddress address, ServiceProcess process, Optional<Issuer> issuer)
    implements AutoCloseable {

  private static final Path MODULE = Path.of("deploy/benchmark");
  private static final String HEAP = "256m";

  /** Open, as far as access goes. */
  static Gateway ingestService(KafkaNode kafka, Path folder) {
    return ingestService(
        "ingest-service", kafka, folder, Map.of("VIGIE_ACCESS", "open"), Optional.empty());
  }

  /** The same, when each request has to bring a token. */
  static Gateway guarded(KafkaNode kafka, Path folder) {
    Issuer issuer = Issuer.in(folder.resolve("keys"));
    return ingestService(
        "ingest-service, tokens", kafka, folder, issuer.environment(), Optional.of(issuer));
  }

  private static Gateway ingestService(
      String name,
      KafkaNode kafka,
      Path folder,
      Map<String, String> access,
      Optional<Issuer> issuer) {
    Ports ports = Ports.ephemeral();
    Map<String, String> environment = new HashMap<>(access);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    return started(
        name,
        ports,
        ServiceProcess.quarkus(Port.INGEST, ports, new StackFolder(folder), environment),
        issuer);
  }

  /** With the heap, the collector and the producer settings of ingest-service. */
  static Gateway bare(KafkaNode kafka, Path folder) throws IOException {
    Ports ports = Ports.ephemeral();
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(ports.of(Port.INGEST)));
    arguments.add("bootstrap.servers=" + kafka.bootstrapServers());
    arguments.addAll(ProducerSettings.asArguments());
    return started(
        "bare gateway",
        ports,
        ServiceProcess.job(
            MODULE,
            BareGateway.class.getName(),
            HEAP,
            new StackFolder(folder),
            Map.of(),
            arguments,
            () -> isOpen(address(ports))),
        Optional.empty());
  }

  private static Gateway started(
      String name, Ports ports, ServiceProcess process, Optional<Issuer> issuer) {
    process.start();
    process.awaitReady();
    return new Gateway(name, address(ports), process, issuer);
  }

  private static InetSocketAddress address(Ports ports) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(Port.INGEST));
  }

  private static boolean isOpen(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    }
  }

  /** Of the student's laptop. */
  Optional<String> token(String student) {
    return issuer.map(one -> one.token(Role.LAPTOP, student));
  }

  ProcessCost cost() {
    return new ProcessCost(process.process().pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
