// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * Where one server of Redis listens.
 *
 * @param announcedHost where others reach it, at the same port
 */
record RedisEndpoint(String host, String announcedHost, int port) {

  String address() {
    return host + ":" + port;
  }

  String announced() {
    return announcedHost + ":" + port;
  }

  boolean isWired() {
    return !host.equals(announcedHost);
  }

  Jedis connect(RedisUsers users) {
    return new Jedis(new HostAndPort(host, port), users.operator());
  }

  Jedis connectAsStranger(RedisUsers users) {
    return new Jedis(new HostAndPort(host, port), users.stranger().build());
  }
}
