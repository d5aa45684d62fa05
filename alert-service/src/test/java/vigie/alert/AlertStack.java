// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import vigie.stack.Folder;
import vigie.stack.KafkaNode;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.RedisReplication;
import vigie.stack.ServiceProcess;

/**
 * The packaged service, twice, on a real Kafka and a real Redis with two replicas. All integration
 * tests share it; its processes end with this one.
 */
public final class AlertStack {

  private static final AlertStack SHARED = new AlertStack();

  private final KafkaNode kafka;
  private final RedisReplication redis;
  private final Instance one;

  /** Keeps few alerts in memory, so that most of what units missed is replayed from Kafka. */
  private final Instance two;

  private AlertStack() {
    Path folder = folder();
    kafka = KafkaNode.startIn(folder.resolve("kafka"));
    redis = RedisReplication.startIn(folder.resolve("redis"));
    one = new Instance(folder.resolve("one"), Map.of());
    two = new Instance(folder.resolve("two"), Map.of("VIGIE_ALERT_DELIVERY_RING", "50"));
    one.process().awaitReady();
    two.process().awaitReady();
  }

  public static AlertStack shared() {
    return SHARED;
  }

  public KafkaNode kafka() {
    return kafka;
  }

  public RedisReplication redis() {
    return redis;
  }

  public Instance one() {
    return one;
  }

  public Instance two() {
    return two;
  }

  /** One running alert-service. */
  public final class Instance {

    private final Ports ports = Ports.ephemeral();
    private final ServiceProcess process;

    private Instance(Path folder, Map<String, String> own) {
      Map<String, String> environment = new HashMap<>(own);
      environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
      environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(Port.ALERT)));
      environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
      environment.putAll(redis.environment());
      process = ServiceProcess.quarkus(Port.ALERT, ports, new Folder(folder), environment);
      process.start();
    }

    public ServiceProcess process() {
      return process;
    }

    /** {@code 127.0.0.1:<port>}. */
    public String address() {
      return ports.address(Port.ALERT);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "alert-stack-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
