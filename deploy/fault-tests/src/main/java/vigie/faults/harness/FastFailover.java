// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import vigie.stack.redis.RedisSentinel;

/**
 * Shorter times than an exam's, so that a run holds a failover, and soon a whole cluster again; the
 * code is the same.
 */
public final class FastFailover {

  private FastFailover() {}

  /**
   * A Sentinel makes a primary that comes back a replica after four times the period in which
   * Sentinels tell each other what they know; Redis 6 keeps its 2 s.
   */
  public static void of(RedisSentinel sentinel) {
    try (Jedis jedis = sentinel.connect()) {
      String primary = jedis.sentinelMasters().get(0).get("name");
      jedis.sentinelSet(
          primary, Map.of("down-after-milliseconds", "1000", "failover-timeout", "3000"));
      if (!jedis.info("server").contains("redis_version:6")) {
        jedis.sendCommand(
            Protocol.Command.SENTINEL, "DEBUG", "PUBLISH-PERIOD", "300", "INFO-PERIOD", "500");
      }
    }
  }
}
