// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vigie.stack.network.NetworkPartition;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ManagedProcess;
import vigie.stack.security.Certificates;
import vigie.stack.workspace.StackFolder;

/** Three Redis servers, one of them the primary, and in one form three Sentinels over them. */
public final class RedisReplication implements AutoCloseable {

  private final Optional<NetworkPartition> network;
  private final RedisUsers users;
  private final List<RedisNode> nodes;
  private final List<RedisSentinel> sentinels;

  public RedisReplication(StackFolder folder, Ports ports, RedisTopology topology) {
    this(folder, ports, topology, Optional.empty(), Optional.empty(), Map.of());
  }

  /**
   * @param certificates by which the servers are known; empty for plain text
   */
  public RedisReplication(
      StackFolder folder, Ports ports, RedisTopology topology, Certificates certificates) {
    this(folder, ports, topology, Optional.empty(), Optional.of(certificates), Map.of());
  }

  private RedisReplication(
      StackFolder folder,
      Ports ports,
      RedisTopology topology,
      Optional<NetworkPartition> network,
      Optional<Certificates> certificates,
      Map<String, String> own) {
    RedisLayout layout = new RedisLayout(folder, ports, topology, network, certificates, own);
    this.network = network;
    this.users = layout.users();
    this.nodes =
        List.of(
            layout.primary(Port.REDIS_PRIMARY),
            layout.replica(Port.REDIS_REPLICA_1, Port.REDIS_PRIMARY),
            layout.replica(Port.REDIS_REPLICA_2, Port.REDIS_PRIMARY));
    this.sentinels =
        topology == RedisTopology.SENTINEL
            ? Stream.of(Port.REDIS_SENTINEL_1, Port.REDIS_SENTINEL_2, Port.REDIS_SENTINEL_3)
                .map(layout::sentinel)
                .toList()
            : List.of();
  }

  /** A running replication of its own, with free ports, for a test; it can be {@link #cut}. */
  public static RedisReplication startIn(Path folder) {
    return startIn(folder, RedisTopology.REPLICATION);
  }

  /** As {@link #startIn}, with three Sentinels. */
  public static RedisReplication withSentinels(Path folder) {
    return startIn(folder, RedisTopology.SENTINEL);
  }

  public static RedisReplication startIn(Path folder, RedisTopology topology) {
    return startIn(folder, topology, Map.of());
  }

  /**
   * As {@link #startIn(Path, RedisTopology)}.
   *
   * @param own what each server gets beside what it inherits
   */
  public static RedisReplication startIn(
      Path folder, RedisTopology topology, Map<String, String> own) {
    RedisReplication redis =
        new RedisReplication(
            new StackFolder(folder),
            Ports.ephemeral(),
            topology,
            Optional.of(new NetworkPartition()),
            Optional.empty(),
            own);
    return started(redis);
  }

  /** A running replication at these ports, for a test; it is killed when closed. */
  public static RedisReplication startIn(Path folder, Ports ports, RedisTopology topology) {
    return started(new RedisReplication(new StackFolder(folder), ports, topology));
  }

  private static RedisReplication started(RedisReplication redis) {
    redis.parts().forEach(ManagedProcess::killWhenClosed);
    redis.start();
    redis.awaitReady();
    return redis;
  }

  /** All servers: the first primary, then those that were replicas at first. */
  public List<RedisNode> nodes() {
    return nodes;
  }

  /** The primary as most Sentinels see it, be it alive or not; without Sentinels the first one. */
  public RedisNode primary() {
    Map<Integer, Long> votes =
        sentinels.stream()
            .flatMap(sentinel -> sentinel.primaryPort().stream())
            .collect(Collectors.groupingBy(port -> port, Collectors.counting()));
    return Collections.max(nodes, Comparator.comparing(n -> votes.getOrDefault(n.port(), 0L)));
  }

  /** Those that are not the primary. */
  public List<RedisNode> replicas() {
    RedisNode primary = primary();
    return nodes.stream().filter(node -> node != primary).toList();
  }

  public RedisNode replica(int index) {
    return replicas().get(index);
  }

  public List<RedisSentinel> sentinels() {
    return sentinels;
  }

  /** What alert-service has to be told. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(users.environment());
    environment.put("VIGIE_ALERT_REPLICAS", Integer.toString(nodes.size() - 1));
    if (sentinels.isEmpty()) {
      environment.put("QUARKUS_REDIS_HOSTS", nodes.get(0).url());
    } else {
      environment.put("QUARKUS_REDIS_CLIENT_TYPE", "sentinel");
      environment.put("QUARKUS_REDIS_MASTER_NAME", RedisSentinel.MASTER);
      environment.put(
          "QUARKUS_REDIS_HOSTS",
          sentinels.stream().map(RedisSentinel::url).collect(Collectors.joining(",")));
    }
    return environment;
  }

  /**
   * Cuts off these servers and Sentinels, together, from all others and from all clients. Bytes
   * under way are late, not lost: they arrive once {@link #heal} is called.
   */
  public void cut(ManagedProcess... island) {
    Set<String> hosts =
        Stream.of(island).map(RedisReplication::host).collect(Collectors.toUnmodifiableSet());
    network().cut(hosts);
  }

  /** As {@link #cut}, with a client on the island that calls from this loopback address. */
  public void cutWith(String client, ManagedProcess... island) {
    network()
        .cut(
            Stream.concat(Stream.of(client), Stream.of(island).map(RedisReplication::host))
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Ends the cut. */
  public void heal() {
    network().heal();
  }

  public void start() {
    nodes.forEach(RedisNode::start);
    sentinels.forEach(RedisSentinel::start);
  }

  /** Waits until the primary accepts writes, replicas follow it and Sentinels know all that. */
  public void awaitReady() {
    nodes.forEach(RedisNode::awaitReady);
    sentinels.forEach(RedisSentinel::awaitReady);
    int others = nodes.size() - 1;
    primary().process().await(() -> primary().hasGoodReplicas(others));
    for (RedisSentinel sentinel : sentinels) {
      sentinel.process().await(() -> sentinel.knows(sentinels.size() - 1, others));
    }
  }

  /** The primary before the replicas: it hands the last writes to them before it ends. */
  @Override
  public void close() {
    sentinels.forEach(RedisSentinel::close);
    nodes.forEach(RedisNode::close);
    network.ifPresent(NetworkPartition::close);
  }

  public List<ManagedProcess> parts() {
    List<ManagedProcess> parts = new ArrayList<>(sentinels);
    parts.addAll(nodes);
    return parts;
  }

  private NetworkPartition network() {
    return network.orElseThrow(() -> new IllegalStateException("these servers are not wired"));
  }

  private static String host(ManagedProcess part) {
    return part instanceof RedisNode node ? node.host() : ((RedisSentinel) part).host();
  }
}
