// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vigie.issuer.Issuer;
import vigie.stack.Folder;
import vigie.stack.KafkaNode;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.RedisForm;
import vigie.stack.RedisReplication;
import vigie.stack.ServiceProcess;

/**
 * The packaged service on a real Kafka and a real Redis with two replicas. Most integration tests
 * share one with two instances of the service; its processes end with this one.
 */
public final class AlertStack implements AutoCloseable {

  private static final class Shared {
    private static final AlertStack STACK = twoInstances(Map.of(ESCALATION, "1h"));
  }

  private static final class Impatient {
    private static final AlertStack STACK =
        twoInstances(Map.of(ESCALATION, "3s", "VIGIE_ALERT_DELIVERY_HEARTBEAT", "1s"));
  }

  private static final String ESCALATION = "VIGIE_ALERT_ESCALATION_AFTER";

  private final KafkaNode kafka;
  private final RedisReplication redis;
  private final List<Instance> instances;
  private final Issuer issuer;

  private AlertStack(RedisForm form, List<Map<String, String>> environments) {
    Path folder = folder();
    issuer = Issuer.in(folder.resolve("keys"));
    kafka = KafkaNode.startIn(folder.resolve("kafka"));
    redis = RedisReplication.startIn(folder.resolve("redis"), form);
    instances = new ArrayList<>();
    environments.forEach(
        own -> instances.add(new Instance(folder.resolve("" + instances.size()), own)));
    instances.forEach(instance -> instance.process().awaitReady());
  }

  /** Two instances that do not escalate while a test runs. Whole again when this returns. */
  public static AlertStack shared() {
    return Shared.STACK.whole();
  }

  /** Two instances that escalate after 3 s and ping each second. Whole again when this returns. */
  public static AlertStack impatient() {
    return Impatient.STACK.whole();
  }

  /** Two instances of its own, which ask for tokens of {@link #issuer}. */
  public static AlertStack guarded() {
    Map<String, String> tokens = Map.of("VIGIE_ACCESS", "tokens");
    return new AlertStack(RedisForm.REPLICATION, List.of(tokens, tokens));
  }

  /** One instance of its own, for a test that breaks more than others could bear. */
  public static AlertStack alone(RedisForm form) {
    return new AlertStack(form, List.of(Map.of()));
  }

  /** The second keeps few alerts in memory, so that what units missed is replayed from Kafka. */
  private static AlertStack twoInstances(Map<String, String> environment) {
    Map<String, String> second = new HashMap<>(environment);
    second.put("VIGIE_ALERT_DELIVERY_RING", "50");
    return new AlertStack(RedisForm.REPLICATION, List.of(environment, second));
  }

  @Override
  public void close() {
    instances.forEach(instance -> instance.process().close());
    redis.close();
    kafka.close();
  }

  /** Returns once what an earlier test broke has healed: each instance takes a change. */
  private AlertStack whole() {
    instances.forEach(instance -> new Staff(instance).set("whole", 1));
    return this;
  }

  /** Whose tokens the instances know. */
  public Issuer issuer() {
    return issuer;
  }

  public KafkaNode kafka() {
    return kafka;
  }

  public RedisReplication redis() {
    return redis;
  }

  public Instance one() {
    return instances.get(0);
  }

  public Instance two() {
    return instances.get(1);
  }

  /** One running alert-service. */
  public final class Instance {

    private final Ports ports = Ports.ephemeral();
    private final ServiceProcess process;

    private Instance(Path folder, Map<String, String> own) {
      Map<String, String> environment = new HashMap<>(issuer.environment());
      environment.put("VIGIE_ACCESS", "open");
      environment.putAll(own);
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

    /** Where it tells how it is. */
    String management() {
      return ports.address(Port.ALERT_MANAGEMENT);
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
