// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** Where one server of Redis listens; others reach it at the same port of 127.0.0.1. */
record RedisEndpoint(String host, int port) {

  static final String ANNOUNCED_HOST = "127.0.0.1";

  String address() {
    return host + ":" + port;
  }

  String announced() {
    return ANNOUNCED_HOST + ":" + port;
  }

  boolean isWired() {
    return !host.equals(ANNOUNCED_HOST);
  }

  Jedis connect(RedisUsers users) {
    return new Jedis(new HostAndPort(host, port), users.operator());
  }

  Jedis connectAsStranger(RedisUsers users) {
    return new Jedis(new HostAndPort(host, port), users.stranger().build());
  }
}
