// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import redis.clients.jedis.Jedis;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;

/** One Redis server: the primary, or a replica of it. */
public final class RedisNode implements ManagedProcess {

  private final RedisEndpoint endpoint;
  private final RedisUsers users;
  private final ChildProcess process;

  RedisNode(RedisEndpoint endpoint, RedisUsers users, ChildProcess process) {
    this.endpoint = endpoint;
    this.users = users;
    this.process = process;
  }

  public int port() {
    return endpoint.port();
  }

  /** For alert-service: {@code redis://user:password@127.0.0.1:<port>}. */
  public String url() {
    return users.url(RedisUsers.ALERT_SERVICE, endpoint.announced());
  }

  /** As {@link #url}, by a way that no cut interrupts: a client on the same island. */
  public String urlOnTheSameSide() {
    return users.url(RedisUsers.ALERT_SERVICE, endpoint.address());
  }

  /** A new connection with all rights, which no cut interrupts; the caller closes it. */
  public Jedis connect() {
    return endpoint.connect(users);
  }

  /** As {@link #connect}, for a client that has not given a user name yet. */
  public Jedis connectAsStranger() {
    return endpoint.connectAsStranger(users);
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public boolean isReady() {
    String replication = replication();
    return replication.contains("role:master") || replication.contains("master_link_status:up");
  }

  boolean hasGoodReplicas(int count) {
    return replication().contains("min_slaves_good_slaves:" + count);
  }

  /** Whether it is a replica of {@code primary}, as far as it knows itself. */
  public boolean follows(RedisNode primary) {
    String replication = replication();
    return replication.contains("master_port:" + primary.port())
        && replication.contains("master_link_status:up");
  }

  String host() {
    return endpoint.host();
  }

  private String replication() {
    try (Jedis jedis = connect()) {
      return jedis.info("replication");
    }
  }
}
