// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisSentinelIT {

  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir private Path folder;
  private RedisReplication redis;

  @BeforeEach
  void start() {
    redis = RedisReplication.withSentinels(folder);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void aPrimaryThatIsKilledOrCutOffIsReplacedAndComesBackAsAReplica() {
    RedisNode first = redis.primary();
    set(first, "40");

    first.kill();
    RedisNode second = replacementOf(first);
    first.restart();
    redis.awaitReady();
    assertEquals("40", get(second));
    set(second, "41");

    redis.cut(second);
    RedisNode third = replacementOf(second);
    try (Jedis cutOff = second.connect()) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThrows(JedisDataException.class, () -> cutOff.set("threshold", "no")));
    }
    redis.heal();
    await().atMost(SOON).untilAsserted(() -> assertEquals(List.of(), notFollowing(third)));
    redis.awaitReady();
    assertEquals("41", get(third));
    set(third, "42");
  }

  @Test
  void alertServiceMayTouchOnlyItsKeysAndOnlyBySafeCommands() {
    try (Jedis service = new Jedis(URI.create(redis.primary().url()))) {
      assertEquals("OK", service.set("vigie:threshold:x", "1 40.0"));
      assertEquals(2, service.waitReplicas(2, 5_000));
      refused("keys", () -> service.set("somebody-else", "1"));
      refused("keys", () -> service.eval("return redis.call('GET', 'somebody-else')"));
      refused("keys", () -> service.mget("vigie:threshold:x", "somebody-else"));
      refused("command", service::flushAll);
      refused("command", () -> service.keys("*"));
      refused("command", () -> service.configGet("*"));
      refused("command", service::replicaofNoOne);
      refused("command", service::shutdown);
    }
    try (Jedis nobody = new Jedis("127.0.0.1", redis.primary().port())) {
      var refusal = assertThrows(JedisDataException.class, () -> nobody.get("vigie:threshold:x"));
      assertTrue(refusal.getMessage().startsWith("NOAUTH"), refusal.getMessage());
    }
    try (Jedis service = new Jedis(URI.create(redis.sentinels().get(0).url()))) {
      assertEquals(
          Integer.toString(redis.primary().port()),
          service.sentinelGetMasterAddrByName(RedisSentinel.MASTER).get(1));
      refused("command", () -> service.sentinelFailover(RedisSentinel.MASTER));
      refused("command", () -> service.sentinelRemove(RedisSentinel.MASTER));
    }
  }

  private RedisNode replacementOf(RedisNode old) {
    await().atMost(SOON).until(() -> redis.primary() != old);
    RedisNode replacement = redis.primary();
    await().atMost(SOON).until(() -> replacement.hasGoodReplicas(1));
    return replacement;
  }

  private List<RedisNode> notFollowing(RedisNode primary) {
    return redis.nodes().stream()
        .filter(node -> node != primary && !node.follows(primary))
        .toList();
  }

  private static void set(RedisNode primary, String value) {
    try (Jedis jedis = primary.connect()) {
      assertEquals("OK", jedis.set("threshold", value));
      assertEquals(2, jedis.waitReplicas(2, 5_000));
    }
  }

  private static String get(RedisNode primary) {
    try (Jedis jedis = primary.connect()) {
      return jedis.get("threshold");
    }
  }

  private static void refused(String what, Runnable request) {
    var refusal = assertThrows(JedisDataException.class, request::run);
    assertTrue(
        refusal instanceof JedisAccessControlException
            || refusal.getMessage().contains("NOPERM")
            || refusal.getMessage().contains("can't"),
        what + ": " + refusal.getMessage());
  }
}
