// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import redis.clients.jedis.Jedis;
import vigie.stack.VigieStack;

/** What Redis must refuse to strangers; {@link RedisTakeover} is of alert-service's user. */
record RedisAttacks(VigieStack vigie) {

  private static final String NO_ANSWER = "JedisConnectionException";
  private static final String NO_NAME = "NOAUTH";
  private static final String NO_LOGIN = "WRONGPASS";

  Stream<Attack> all() {
    return Stream.of(
        attack("no TLS", this::comeInPlainText, encrypts() ? NO_ANSWER : NO_NAME),
        stranger("no name", redis -> redis.get("vigie:threshold:c-pointers"), NO_NAME),
        stranger(
            "the default user without a password", redis -> redis.auth("default", ""), NO_LOGIN),
        stranger("the default user", redis -> redis.auth("default", "guess"), NO_LOGIN),
        stranger("a wrong password", redis -> redis.auth("alert-service", "guess"), NO_LOGIN),
        stranger("an unknown name", redis -> redis.auth("dashboard", "guess"), NO_LOGIN));
  }

  private Attack stranger(String name, Consumer<Jedis> act, String refusal) {
    return attack(name, () -> connect(act), refusal);
  }

  private void connect(Consumer<Jedis> act) {
    try (Jedis redis = vigie.redis().nodes().get(0).connectAsStranger()) {
      act.accept(redis);
    }
  }

  /** The Redis of the Maven artifact cannot. */
  private boolean encrypts() {
    return vigie.redis().nodes().get(0).url().startsWith("rediss:");
  }

  private void comeInPlainText() {
    try (Jedis redis = new Jedis("127.0.0.1", vigie.redis().nodes().get(0).port())) {
      redis.ping();
    }
  }

  private static Attack attack(String name, Executable act, String refusal) {
    return new Attack("Redis: " + name, act, refusal);
  }
}
