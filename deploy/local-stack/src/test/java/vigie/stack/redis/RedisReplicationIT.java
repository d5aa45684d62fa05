// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisReplicationIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String TWO_WRITES =
      "redis.call('SET', KEYS[1], '1') redis.call('SET', KEYS[2], '2') return 1";

  private static final String THRESHOLD = "vigie:threshold:c-pointers";

  /** For the tests that leave it whole. */
  private static RedisReplication whole;

  @BeforeAll
  static void start(@TempDir Path folder) {
    whole = RedisReplication.startIn(folder);
  }

  @AfterAll
  static void close() {
    whole.close();
  }

  @Test
  void redisPrimaryRefusesWritesWithoutReplicas(@TempDir Path folder) {
    try (RedisReplication redis = RedisReplication.startIn(folder);
        Jedis primary = redis.primary().connect()) {
      assertEquals("OK", primary.set("threshold", "40"));

      redis.replica(0).freeze();
      redis.replica(1).kill();

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThrows(JedisDataException.class, () -> primary.set("threshold", "41")));
      redis.replica(0).resume();
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> primary.set("threshold", "42"), "OK"::equals);
    }
  }

  @Test
  void aReplicaRefusesReadsWithoutItsPrimary(@TempDir Path folder) {
    try (RedisReplication redis = RedisReplication.startIn(folder);
        Jedis replica = redis.replica(0).connect()) {
      redis.primary().kill();

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                var refusal =
                    assertThrows(JedisDataException.class, () -> replica.get("threshold"));
                assertTrue(refusal.getMessage().startsWith("MASTERDOWN"), refusal.getMessage());
              });
    }
  }

  /** As in an alert-service that was taken over: who changed which threshold is kept. */
  @Test
  void theAuditOfThresholdsIsNotErasedByWhoWritesIt() {
    String audit = "vigie:threshold-changes";
    String script = "return redis.call(ARGV[1], KEYS[1])";
    try (Jedis alert = alertService()) {
      StreamEntryID id = alert.xadd(audit, StreamEntryID.NEW_ENTRY, Map.of("who", "ada"));
      assertEquals("1", alert.eval("return redis.call('SET', KEYS[1], '1') and '1'", 1, THRESHOLD));
      for (Executable erasure :
          List.<Executable>of(
              () -> alert.del(audit),
              () -> alert.xdel(audit, id),
              () -> alert.xtrim(audit, 0, false),
              () -> alert.expire(audit, 1),
              () -> alert.set(audit, "x"),
              () -> alert.eval(script, List.of(audit), List.of("DEL")),
              () -> alert.eval("return redis.call('SET', KEYS[1], 'x')", 1, audit))) {
        var refusal = assertThrows(JedisDataException.class, erasure);
        assertTrue(
            refusal.getMessage().matches("NOPERM .*|ERR .* can't access .*"), refusal::getMessage);
      }
      assertEquals(1, alert.xrevrange(audit, "+", "-").size());
    }
  }

  private static Jedis alertService() {
    String[] user = URI.create(whole.primary().url()).getUserInfo().split(":", 2);
    Jedis redis = whole.primary().connectAsStranger();
    redis.auth(user[0], user[1]);
    return redis;
  }

  @Test
  void aKilledPrimaryKeepsWhatItAcknowledged() {
    try (Jedis primary = whole.primary().connect()) {
      assertEquals("OK", primary.set("threshold", "40"));
      assertEquals(1L, primary.eval(TWO_WRITES, 2, "first", "second"));
    }

    whole.primary().kill();
    whole.primary().restart();
    whole.awaitReady();

    try (Jedis primary = whole.primary().connect()) {
      assertEquals("40", primary.get("threshold"));
      assertEquals(List.of("1", "2"), primary.mget("first", "second"));
      assertEquals("OK", primary.set("threshold", "41"));
      assertEquals(2, primary.waitReplicas(2, 5_000));
    }
  }

  @Test
  void aReplicaThatIsCutOffConfirmsNothingUntilTheCutIsHealed() {
    try (Jedis primary = whole.primary().connect()) {
      whole.cut(whole.replica(0));
      assertEquals("OK", primary.set("threshold", "40"));
      assertEquals(1, primary.waitReplicas(2, 500));

      whole.heal();
      assertEquals(2, primary.waitReplicas(2, 20_000));
    }
  }

  @Test
  void aMessageIsConfirmedLikeAWriteAndIsInNoFile() {
    try (Jedis primary = whole.primary().connect();
        Jedis replica = whole.replica(0).connect()) {
      assertEquals("OK", primary.set("threshold", "40"));
      assertEquals(2, primary.waitReplicas(2, 5_000));
      List<String> files = List.of(fileSize(primary), fileSize(replica));

      assertEquals(0, primary.publish("vigie:fence", ""));
      assertEquals(2, primary.waitReplicas(2, 5_000));
      assertEquals(files, List.of(fileSize(primary), fileSize(replica)));

      whole.replica(0).freeze();
      assertEquals(0, primary.publish("vigie:fence", ""));
      assertEquals(1, primary.waitReplicas(2, 500));
      whole.replica(0).resume();

      assertEquals(0, replica.publish("vigie:fence", ""));
      assertThrows(JedisDataException.class, () -> replica.waitReplicas(1, 500));
    }
  }

  private static String fileSize(Jedis redis) {
    return redis
        .info("persistence")
        .lines()
        .filter(line -> line.startsWith("aof_current_size:"))
        .findFirst()
        .orElseThrow();
  }
}
