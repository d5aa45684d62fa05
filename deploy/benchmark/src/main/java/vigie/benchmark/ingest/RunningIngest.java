// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import vigie.benchmark.ProcessCost;
import vigie.stack.Folder;
import vigie.stack.KafkaNode;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.ServiceProcess;

/** The built ingest-service as a process of its own, on a Kafka of its own. */
final class RunningIngest implements AutoCloseable {

  private final KafkaNode kafka;
  private final Ports ports = Ports.ephemeral();
  private final ServiceProcess process;

  RunningIngest(Path folder) {
    kafka = KafkaNode.startIn(folder);
    process =
        ServiceProcess.quarkus(
            Port.INGEST,
            ports,
            new Folder(folder),
            Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(ports.of(Port.INGEST)),
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));
    process.start();
    process.awaitReady();
  }

  KafkaNode kafka() {
    return kafka;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(Port.INGEST));
  }

  ProcessCost cost() {
    return new ProcessCost(process.process().pid());
  }

  /** Ends ingest-service alone, which leaves the machine to what else uses Kafka. */
  void stopService() {
    process.stop();
  }

  @Override
  public void close() {
    process.close();
    kafka.close();
  }
}
