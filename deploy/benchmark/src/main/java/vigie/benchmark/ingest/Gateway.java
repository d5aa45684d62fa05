// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vigie.benchmark.ProcessCost;
import vigie.stack.Folder;
import vigie.stack.KafkaNode;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.ServiceProcess;

/** A process of its own that takes events over HTTP into a Kafka. */
record Gateway(String name, InetSocketAddress address, ServiceProcess process)
    implements AutoCloseable {

  private static final Path MODULE = Path.of("deploy/benchmark");
  private static final String HEAP = "256m";

  static Gateway ingestService(KafkaNode kafka, Path folder) {
    Ports ports = Ports.ephemeral();
    return started(
        "ingest-service",
        ports,
        ServiceProcess.quarkus(
            Port.INGEST,
            ports,
            new Folder(folder),
            Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(ports.of(Port.INGEST)),
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers())));
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
            new Folder(folder),
            Map.of(),
            arguments,
            () -> isOpen(address(ports))));
  }

  private static Gateway started(String name, Ports ports, ServiceProcess process) {
    process.start();
    process.awaitReady();
    return new Gateway(name, address(ports), process);
  }

  private static InetSocketAddress address(Ports ports) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(Port.INGEST));
  }

  private static boolean isOpen(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    }
  }

  ProcessCost cost() {
    return new ProcessCost(process.process().pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
