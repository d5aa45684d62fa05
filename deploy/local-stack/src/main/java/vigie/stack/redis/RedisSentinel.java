// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;

/** One Sentinel: with the others it decides which Redis server is the primary. */
public final class RedisSentinel implements ManagedProcess {

  /** The name by which {@code config/redis/sentinel.conf} calls the primary. */
  static final String MASTER = "vigie";

  private final RedisEndpoint endpoint;
  private final RedisUsers users;
  private final ChildProcess process;

  RedisSentinel(RedisEndpoint endpoint, RedisUsers users, ChildProcess process) {
    this.endpoint = endpoint;
    this.users = users;
    this.process = process;
  }

  /** For alert-service: {@code redis://user:password@127.0.0.1:<port>}. */
  public String url() {
    return users.url(RedisUsers.ALERT_SERVICE, endpoint.announced());
  }

  /** A new connection with all rights, which no cut interrupts; the caller closes it. */
  public Jedis connect() {
    return endpoint.connect(users);
  }

  /** The port of the server that it believes to be the primary, if it answers. */
  public Optional<Integer> primaryPort() {
    try (Jedis jedis = connect()) {
      return Optional.of(Integer.valueOf(jedis.sentinelGetMasterAddrByName(MASTER).get(1)));
    } catch (JedisConnectionException away) {
      return Optional.empty();
    }
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public boolean isReady() {
    try (Jedis jedis = connect()) {
      return jedis.ping().equals("PONG");
    }
  }

  /** Whether it knows so many others of each kind, all of them at work. */
  boolean knows(int sentinels, int replicas) {
    try (Jedis jedis = connect()) {
      Map<String, String> master = jedis.sentinelMaster(MASTER);
      return master.get("num-other-sentinels").equals(Integer.toString(sentinels))
          && master.get("num-slaves").equals(Integer.toString(replicas))
          && master.get("flags").equals("master")
          && jedis.sentinelReplicas(MASTER).stream()
              .allMatch(replica -> replica.get("flags").equals("slave"));
    }
  }

  String host() {
    return endpoint.host();
  }
}
