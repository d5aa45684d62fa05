// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import vigie.stack.VigieStack;

/** What Redis must refuse to strangers, and to alert-service's user too. */
record RedisAttacks(VigieStack vigie) {

  private static final String NO_ANSWER = "JedisConnectionException";
  private static final String NO_NAME = "NOAUTH";
  private static final String NO_LOGIN = "WRONGPASS";
  private static final String NO_RIGHT = "NOPERM";

  Stream<Attack> all() {
    return Stream.of(
        attack("no TLS", this::comeInPlainText, encrypts() ? NO_ANSWER : NO_NAME),
        stranger("no name", redis -> redis.get("vigie:threshold:c-pointers"), NO_NAME),
        stranger(
            "the default user without a password", redis -> redis.auth("default", ""), NO_LOGIN),
        stranger("the default user", redis -> redis.auth("default", "guess"), NO_LOGIN),
        stranger("a wrong password", redis -> redis.auth("alert-service", "guess"), NO_LOGIN),
        stranger("a name that nobody has", redis -> redis.auth("dashboard", "guess"), NO_LOGIN),
        alert("deletes everything", Jedis::flushAll),
        alert("reads the settings", redis -> redis.configGet("*")),
        alert("changes a setting", redis -> redis.configSet("appendonly", "no")),
        alert("reads a foreign key", redis -> redis.get("another")),
        alert("writes a foreign key", redis -> redis.set("another", "value")),
        alert("erases who changed a threshold", redis -> redis.del("vigie:threshold-changes")),
        alert("lists the keys", redis -> redis.keys("*")),
        alert("makes itself a user", redis -> redis.aclSetUser("mine", "on", "nopass", "+@all")),
        alert("turns a replica into a primary", Jedis::replicaofNoOne),
        alert("sees what others ask", redis -> redis.sendCommand(Command.MONITOR)),
        alert("stops it", redis -> redis.sendCommand(Command.SHUTDOWN)));
  }

  private Attack stranger(String name, Consumer<Jedis> act, String refusal) {
    return attack(name, () -> connect(act), refusal);
  }

  private Attack alert(String name, Consumer<Jedis> act) {
    return attack(
        "alert " + name,
        () ->
            connect(
                redis -> {
                  String[] user =
                      URI.create(vigie.redis().nodes().get(0).url()).getUserInfo().split(":", 2);
                  redis.auth(user[0], user[1]);
                  act.accept(redis);
                }),
        NO_RIGHT);
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
