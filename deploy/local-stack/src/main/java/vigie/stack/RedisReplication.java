// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One Redis primary with two replicas, without automatic failover. */
public final class RedisReplication implements AutoCloseable {

  private final RedisNode primary;
  private final List<RedisNode> replicas;

  public RedisReplication(Folder folder, Ports ports) {
    Optional<Port> of = Optional.of(Port.REDIS_PRIMARY);
    this.primary = new RedisNode(folder, ports, Port.REDIS_PRIMARY, Optional.empty());
    this.replicas =
        List.of(
            new RedisNode(folder, ports, Port.REDIS_REPLICA_1, of),
            new RedisNode(folder, ports, Port.REDIS_REPLICA_2, of));
  }

  /** A running replication of its own, with free ports, for a test. */
  public static RedisReplication startIn(Path folder) {
    RedisReplication redis = new RedisReplication(new Folder(folder), Ports.ephemeral());
    redis.start();
    redis.awaitReady();
    return redis;
  }

  public RedisNode primary() {
    return primary;
  }

  public RedisNode replica(int index) {
    return replicas.get(index);
  }

  public int replicas() {
    return replicas.size();
  }

  public void start() {
    primary.start();
    replicas.forEach(RedisNode::start);
  }

  /** Waits until the primary accepts writes and every replica follows it. */
  public void awaitReady() {
    primary.awaitReady();
    replicas.forEach(RedisNode::awaitReady);
    primary.process().await(Part.STARTUP, () -> primary.hasGoodReplicas(replicas.size()));
  }

  /** The primary first: it hands the last writes to its replicas before it ends. */
  @Override
  public void close() {
    primary.close();
    replicas.forEach(RedisNode::close);
  }

  List<Part> parts() {
    return List.of(primary, replicas.get(0), replicas.get(1));
  }
}
