// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisSentinelIT {

  private static final Duration SOON = Duration.ofSeconds(40);

  /** Each test leaves it whole. */
  private static RedisReplication redis;

  @BeforeAll
  static void start(@TempDir Path folder) {
    redis = RedisReplication.withSentinels(folder);
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  @Test
  void aPrimaryThatIsCutOffIsReplacedAndComesBackAsAReplica() {
    RedisNode first = redis.primary();
    set(first, "40");

    redis.cut(first);
    RedisNode second = replacementOf(first);
    try (Jedis cutOff = first.connect()) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThrows(JedisDataException.class, () -> cutOff.set("threshold", "no")));
    }
    redis.heal();
    await().atMost(SOON).until(() -> first.follows(second));
    redis.awaitReady();
    assertEquals("40", get(second));
    set(second, "41");
  }

  @Test
  void alertServiceMayTouchOnlyItsKeysAndOnlyBySafeCommands() {
    try (Jedis service = new Jedis(URI.create(redis.primary().url()))) {
      assertEquals("OK", service.set("vigie:threshold:x", "1 40.0"));
      assertEquals(2, service.waitReplicas(2, 5_000));
      refused(() -> service.set("somebody-else", "1"));
      refused(() -> service.eval("return redis.call('GET', 'somebody-else')"));
      refused(() -> service.mget("vigie:threshold:x", "somebody-else"));
      refused(service::flushAll);
      refused(() -> service.keys("*"));
      refused(() -> service.configGet("*"));
      refused(service::replicaofNoOne);
      refused(service::shutdown);
    }
    try (Jedis nobody = new Jedis("127.0.0.1", redis.primary().port())) {
      var refusal = assertThrows(JedisDataException.class, () -> nobody.get("vigie:threshold:x"));
      assertTrue(refusal.getMessage().startsWith("NOAUTH"), refusal.getMessage());
    }
    try (Jedis service = new Jedis(URI.create(redis.sentinels().get(0).url()))) {
      assertEquals(
          Integer.toString(redis.primary().port()),
          service.sentinelGetMasterAddrByName(RedisSentinel.MASTER).get(1));
      refused(() -> service.sentinelFailover(RedisSentinel.MASTER));
      refused(() -> service.sentinelRemove(RedisSentinel.MASTER));
    }
  }

  private RedisNode replacementOf(RedisNode old) {
    await().atMost(SOON).until(() -> redis.primary() != old);
    RedisNode replacement = redis.primary();
    await().atMost(SOON).until(() -> replacement.hasGoodReplicas(1));
    return replacement;
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

  private static void refused(Runnable request) {
    var refusal = assertThrows(JedisDataException.class, request::run);
    assertTrue(
        refusal instanceof JedisAccessControlException || refusal.getMessage().contains("can't"),
        refusal.getMessage());
  }
}
