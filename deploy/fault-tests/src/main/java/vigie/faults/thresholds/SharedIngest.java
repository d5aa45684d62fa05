// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.nio.file.Path;
import java.util.Map;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;

/**
 * Kafka and an ingest-service. No fault is played on them, so one cluster after the other may use
 * them.
 */
final class SharedIngest implements AutoCloseable {

  private final KafkaNode kafka;
  private final Service ingest;

  SharedIngest(Path folder) {
    kafka = KafkaNode.startIn(folder.resolve("kafka"));
    ingest = new Service(Port.INGEST, "127.0.0.1", folder.resolve("ingest"), environment());
  }

  KafkaNode kafka() {
    return kafka;
  }

  Service ingest() {
    return ingest;
  }

  /** The quick compiler alone: services start often here, and have little to do. */
  Map<String, String> environment() {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        kafka.bootstrapServers(),
        "JAVA_TOOL_OPTIONS",
        "-XX:TieredStopAtLevel=1");
  }

  @Override
  public void close() {
    ingest.process().kill();
    kafka.kill();
  }
}
