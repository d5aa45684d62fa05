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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.kafka.ProxiedKafka;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.redis.RedisReplication;
import vigie.stack.redis.RedisTopology;
import vigie.stack.workspace.StackFolder;

/**
 * The packaged service on a real Kafka and a real Redis with two replicas. Classes of tests share
 * two stacks, each with two instances of the service. Only one stack runs at a time: classes name
 * theirs by {@code @Order}, and the first class that needs the other stack ends this one. The last
 * stack ends with this process.
 */
public final class AlertStack implements AutoCloseable {

  /** The order of classes with a stack of their own. */
  public static final int OWN = 1;

  /** The order of classes that use {@link #impatient}; those that use {@link #shared} name none. */
  public static final int IMPATIENT = 2;

  private static final String ACCESS = "VIGIE_ACCESS";
  private static final String ESCALATION = "VIGIE_ALERT_ESCALATION_AFTER";
  private static final Map<String, String> PATIENT_FORM =
      Map.of(ACCESS, "tokens", ESCALATION, "1h");
  private static final Map<String, String> IMPATIENT_FORM =
      Map.of(
          ESCALATION,
          "3s",
          "VIGIE_ALERT_DELIVERY_HEARTBEAT",
          "1s",
          "VIGIE_ALERT_DELIVERY_LOOK_BACK",
          "10s");

  private static Map<String, String> form = Map.of();
  private static AlertStack running;

  private final KafkaNode kafka;
  private final Optional<ProxiedKafka> wiredKafka;
  private final RedisReplication redis;
  private final List<Instance> instances;
  private final Issuer issuer;

  private AlertStack(
      RedisTopology form, Map<String, String> ofRedis, List<Map<String, String>> environments) {
    this(form, ofRedis, environments, false);
  }

  /**
   * @param ofRedis the environment of each Redis server
   * @param wired whether the first instance comes to Kafka by a wire
   */
  private AlertStack(
      RedisTopology form,
      Map<String, String> ofRedis,
      List<Map<String, String>> environments,
      boolean wired) {
    Path folder = folder();
    issuer = Issuer.in(folder.resolve("keys"));
    CompletableFuture<RedisReplication> servers =
        CompletableFuture.supplyAsync(
            () -> RedisReplication.startIn(folder.resolve("redis"), form, ofRedis));
    wiredKafka =
        wired ? Optional.of(ProxiedKafka.startIn(folder.resolve("kafka"))) : Optional.empty();
    kafka =
        wiredKafka
            .map(ProxiedKafka::first)
            .orElseGet(() -> KafkaNode.startIn(folder.resolve("kafka")));
    redis = servers.join();
    instances = new ArrayList<>();
    environments.forEach(
        own -> instances.add(new Instance(folder.resolve("" + instances.size()), own)));
    instances.forEach(instance -> instance.process().awaitReady());
  }

  /**
   * Two instances that require tokens of {@link #issuer} and do not escalate while a test runs.
   * Whole again when this returns.
   */
  public static AlertStack shared() {
    return running(PATIENT_FORM);
  }

  /**
   * Two open instances that escalate after 3 s, ping each second and look back 10 s. Whole again
   * when this returns.
   */
  public static AlertStack impatient() {
    return running(IMPATIENT_FORM);
  }

  /** One instance of its own, for a test that breaks more than others could bear. */
  public static AlertStack alone(RedisTopology form) {
    return alone(form, Map.of());
  }

  /**
   * The same.
   *
   * @param environment of the instance
   */
  public static AlertStack alone(RedisTopology form, Map<String, String> environment) {
    return alone(form, Map.of(), environment);
  }

  /**
   * The same.
   *
   * @param ofRedis the environment of each Redis server
   */
  public static AlertStack alone(
      RedisTopology form, Map<String, String> ofRedis, Map<String, String> environment) {
    return new AlertStack(form, ofRedis, List.of(environment));
  }

  /**
   * Two instances on a Kafka of two brokers; the first loses the second broker when that is {@link
   * ProxiedKafka#cut}.
   *
   * @param environment of both instances
   */
  public static AlertStack wired(Map<String, String> environment) {
    return new AlertStack(
        RedisTopology.REPLICATION, Map.of(), List.of(environment, environment), true);
  }

  private static synchronized AlertStack running(Map<String, String> wanted) {
    if (running == null || !form.equals(wanted)) {
      if (running != null) {
        running.close();
        running = null;
      }
      running = twoInstances(wanted);
      form = wanted;
    }
    return running.whole();
  }

  /** The second keeps few alerts in memory, so that what units missed is replayed from Kafka. */
  private static AlertStack twoInstances(Map<String, String> environment) {
    Map<String, String> second = new HashMap<>(environment);
    second.put("VIGIE_ALERT_DELIVERY_RING", "50");
    return new AlertStack(RedisTopology.REPLICATION, Map.of(), List.of(environment, second));
  }

  /** Killed, since no test needs what is left. */
  @Override
  public void close() {
    instances.forEach(instance -> instance.process().kill());
    redis.close();
    wiredKafka.ifPresentOrElse(ProxiedKafka::close, kafka::kill);
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

  /** That of {@link #wired}. */
  public ProxiedKafka wiredKafka() {
    return wiredKafka.orElseThrow();
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
      environment.put(ACCESS, "open");
      environment.put("VIGIE_ACCESS_KEYS_INTERVAL", "1s");
      environment.putAll(own);
      boolean first = instances.isEmpty();
      environment.put(
          "KAFKA_BOOTSTRAP_SERVERS",
          wiredKafka
              .filter(any -> first)
              .map(ProxiedKafka::wiredServers)
              .orElseGet(kafka::bootstrapServers));
      environment.putAll(redis.environment());
      process = ServiceProcess.quarkus(Port.ALERT, ports, new StackFolder(folder), environment);
      process.start();
    }

    public ServiceProcess process() {
      return process;
    }

    /** {@code 127.0.0.1:<port>}. */
    public String address() {
      return ports.address(Port.ALERT);
    }

    /** A token that it accepts. */
    String token(Role role, String subject) {
      return issuer.token(role, subject);
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
