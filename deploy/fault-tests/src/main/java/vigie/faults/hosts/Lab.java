// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import vigie.faults.harness.FastFailover;
import vigie.stack.kafka.ClusterSize;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.ports.Host;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.redis.RedisReplication;
import vigie.stack.redis.RedisTopology;
import vigie.stack.workspace.StackFolder;

/**
 * The hosts and what runs on them: three with a broker and a controller, three with a Redis server
 * and a Sentinel, two with an ingest-service, two with an alert-service. The clients are in this
 * process, which reaches every host.
 */
final class Lab implements AutoCloseable {

  /**
   * Shorter times than the shipped ones, so that a run of seconds holds the loss of a broker and
   * its return; the code is the same.
   */
  private static final List<String> KAFKA_TIMES =
      List.of(
          "",
          "broker.session.timeout.ms=3000",
          "broker.heartbeat.interval.ms=500",
          "replica.lag.time.max.ms=4000",
          "leader.imbalance.check.interval.seconds=5");

  private static final Map<String, String> SERVICE_SETTINGS =
      Map.of(
          "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1",
          "VIGIE_ACCESS", "open",
          "KAFKA_SESSION_TIMEOUT_MS", "3000",
          "KAFKA_HEARTBEAT_INTERVAL_MS", "700",
          "VIGIE_ALERT_JUDGING_LONGEST_PAUSE", "300ms",
          "VIGIE_ALERT_DELIVERY_HEARTBEAT", "1s");

  private static final Duration HEALING = Duration.ofMinutes(2);

  private final HostNetwork network;
  private final Ports ports;
  private final Path folder;
  private final Map<String, List<ManagedProcess>> processes = new LinkedHashMap<>();
  private final Map<String, String> urls = new HashMap<>();
  private KafkaCluster kafka;
  private RedisReplication redis;
  private int starts;

  private Lab(Path folder, HostNetwork network) {
    this.folder = folder;
    this.network = network;
    Schedule.HOSTS.forEach(network::add);
    Map<Port, Host> hosts = new EnumMap<>(Port.class);
    place(hosts, "kafka-", Port.KAFKA, Port.KAFKA_2, Port.KAFKA_3);
    place(hosts, "kafka-", Port.KAFKA_CONTROLLER, Port.KAFKA_CONTROLLER_2, Port.KAFKA_CONTROLLER_3);
    place(hosts, "redis-", Port.REDIS_PRIMARY, Port.REDIS_REPLICA_1, Port.REDIS_REPLICA_2);
    place(hosts, "redis-", Port.REDIS_SENTINEL_1, Port.REDIS_SENTINEL_2, Port.REDIS_SENTINEL_3);
    ports = Ports.ephemeral().on(hosts);
  }

  /** All of it, at work. */
  static Lab startIn(Path folder, Optional<RemovedGuarantee> removed) {
    Lab lab = new Lab(folder, HostNetwork.create());
    try {
      lab.start(removed);
      return lab;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void place(Map<Port, Host> hosts, String role, Port... parts) {
    for (int i = 0; i < parts.length; i++) {
      hosts.put(parts[i], network.host(role + (i + 1)));
    }
  }

  private void start(Optional<RemovedGuarantee> removed) {
    CompletableFuture<Void> redisStarted = CompletableFuture.runAsync(this::startRedis);
    kafka =
        KafkaCluster.startIn(
            folder.resolve("kafka"),
            ports,
            KafkaTopology.KRAFT_STEADY,
            new ClusterSize(3, 3),
            KAFKA_TIMES);
    redisStarted.join();
    for (int i = 0; i < kafka.brokers().size(); i++) {
      processes.put("kafka-" + (i + 1), List.of(kafka.quorum().get(i), kafka.brokers().get(i)));
    }
    for (int i = 0; i < redis.nodes().size(); i++) {
      processes.put("redis-" + (i + 1), List.of(redis.nodes().get(i), redis.sentinels().get(i)));
    }
    serveWithout(removed);
  }

  private void startRedis() {
    redis = RedisReplication.startIn(folder.resolve("redis"), ports, RedisTopology.SENTINEL);
    redis.sentinels().forEach(FastFailover::of);
  }

  /** Starts the services, in place of those that there are, with this guarantee taken away. */
  void serveWithout(Optional<RemovedGuarantee> removed) {
    services().forEach(ManagedProcess::kill);
    Map<String, String> environment = new HashMap<>(SERVICE_SETTINGS);
    environment.putAll(kafka.environment("vigie"));
    environment.putAll(redis.environment());
    removed.ifPresent(one -> environment.putAll(one.environment()));
    starts++;
    Stream.of("ingest-1", "ingest-2").forEach(host -> serve(Port.INGEST, host, environment));
    Stream.of("alert-1", "alert-2").forEach(host -> serve(Port.ALERT, host, environment));
    services().forEach(ManagedProcess::start);
    awaitWhole();
  }

  private void serve(Port port, String name, Map<String, String> environment) {
    Host host = network.host(name);
    Ports own = Ports.ephemeral().on(Map.of(port, host, port.management(), host));
    StackFolder place = new StackFolder(folder.resolve(name + "-" + starts));
    processes.put(name, List.of(ServiceProcess.quarkus(port, own, place, environment)));
    urls.put(name, own.url(port, ""));
  }

  private List<ManagedProcess> services() {
    return processes.entrySet().stream()
        .filter(host -> urls.containsKey(host.getKey()))
        .flatMap(host -> host.getValue().stream())
        .toList();
  }

  HostNetwork network() {
    return network;
  }

  KafkaCluster kafka() {
    return kafka;
  }

  /** The host of the Redis server that is the primary now. */
  String redisPrimary() {
    return "redis-" + (1 + redis.nodes().indexOf(redis.primary()));
  }

  List<ManagedProcess> processesOf(String host) {
    return processes.get(host);
  }

  /** The URL of the service of a host. */
  String url(String host) {
    return urls.get(host);
  }

  /** {@code host:port} of each alert-service. */
  List<String> patrolAddresses() {
    return Stream.of("alert-1", "alert-2")
        .map(host -> URI.create(url(host)).getAuthority())
        .toList();
  }

  /** Returns once every process does all of its work. */
  void awaitWhole() {
    redis.awaitReady();
    kafka.brokers().get(0).process().await(HEALING, kafka::isInSync);
    services().forEach(ManagedProcess::awaitReady);
  }

  @Override
  public void close() {
    List<ManagedProcess> all = new ArrayList<>(services());
    if (redis != null) {
      all.addAll(redis.parts());
    }
    if (kafka != null) {
      all.addAll(kafka.parts());
    }
    all.forEach(ManagedProcess::kill);
    network.close();
  }
}
