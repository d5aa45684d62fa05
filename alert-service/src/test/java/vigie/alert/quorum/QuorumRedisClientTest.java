// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuorumRedisClientTest {

  private static final long A_MOMENT = Duration.ofMillis(1001).toNanos();

  private final FakeRedis redis = new FakeRedis(request -> FakeRedis.text("said"));
  private final QuorumRedisClient quorumRedis = redis.client();

  @Test
  void thatAReplicaIsAwayIsAskedOnceAMoment() {
    redis.confirm(1);
    for (int i = 0; i < 100; i++) {
      assertTrue(quorumRedis.allPresent().cause() instanceof QuorumNotReachedException);
    }
    assertEquals(1, redis.asked("PING"));

    redis.pass(A_MOMENT);
    assertTrue(quorumRedis.allPresent().failed());
    assertEquals(2, redis.asked("PING"));

    redis.pass(A_MOMENT);
    redis.confirm(2);
    assertTrue(quorumRedis.allPresent().succeeded());
  }

  @Test
  void thatAllAnsweredIsNotRemembered() {
    assertTrue(quorumRedis.allPresent().succeeded());
    redis.confirm(1);
    assertTrue(quorumRedis.allPresent().failed());
  }

  @Test
  void whoAsksAtTheSameTimeSharesTheQuestion() {
    redis.hold();
    List<Future<Void>> callers = Stream.generate(quorumRedis::allPresent).limit(100).toList();
    assertEquals(1, redis.asked("PING"));
    assertTrue(callers.stream().noneMatch(Future::isComplete));

    redis.release();
    assertTrue(callers.stream().allMatch(Future::succeeded));
    assertTrue(quorumRedis.allPresent().succeeded());
    assertEquals(2, redis.asked("PING"));
  }

  @Test
  void aChangeThatNotAllConfirmTellsThoseThatCome() {
    redis.confirm(1);
    assertTrue(quorumRedis.ask(request(), Quorum.ALL).failed());
    assertTrue(quorumRedis.allPresent().failed());
    assertEquals(0, redis.asked("PING"));
  }

  @Test
  void aReadOfWhatIsHeldNeverMindsTheReplicaThatIsAway() {
    redis.confirm(1);
    assertTrue(quorumRedis.allPresent().failed());
    for (int i = 0; i < 10; i++) {
      assertTrue(quorumRedis.read(request(), answer -> true).succeeded());
    }
  }

  @Test
  void aReadOfWhatIsNotHeldWaitsForAllOnceAMoment() {
    redis.confirm(1);
    for (int i = 0; i < 10; i++) {
      assertFalse(quorumRedis.read(request(), answer -> false).result().byAll());
    }
    assertEquals(1, redis.asked("WAIT 2"));
  }

  /** What is remembered may refuse, it may never confirm. */
  @Test
  void noMemoryStandsForAConfirmation() {
    assertTrue(quorumRedis.allPresent().succeeded());
    redis.confirm(0);
    assertFalse(quorumRedis.read(request(), answer -> true).succeeded());
    assertFalse(quorumRedis.ask(request(), Quorum.MAJORITY).succeeded());
    assertFalse(quorumRedis.ask(request(), Quorum.ALL).succeeded());
  }

  private static Request request() {
    return Request.cmd(Command.GET).arg("x");
  }
}
