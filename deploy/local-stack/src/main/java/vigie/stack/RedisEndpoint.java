// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import redis.clients.jedis.Jedis;

/** Where one server of Redis listens; others reach it at the same port of 127.0.0.1. */
record RedisEndpoint(String host, int port) {

  static final String ANNOUNCED_HOST = "127.0.0.1";

  private static final int TIMEOUT_MILLIS = 2_000;

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
    Jedis jedis = new Jedis(host, port, TIMEOUT_MILLIS);
    jedis.auth(RedisUsers.OPERATOR, users.passwords().get(RedisUsers.OPERATOR));
    return jedis;
  }
}
