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

class FenceTest {

  private static final long A_MOMENT = Duration.ofMillis(1001).toNanos();

  private final FakeRedis redis = new FakeRedis(request -> FakeRedis.text("said"));
  private final Fence fence = redis.fence();

  @Test
  void thatAReplicaIsAwayIsAskedOnceAMoment() {
    redis.confirm(1);
    for (int i = 0; i < 100; i++) {
      assertTrue(fence.allPresent().cause() instanceof UnconfirmedException);
    }
    assertEquals(1, redis.asked("PING"));

    redis.pass(A_MOMENT);
    assertTrue(fence.allPresent().failed());
    assertEquals(2, redis.asked("PING"));

    redis.pass(A_MOMENT);
    redis.confirm(2);
    assertTrue(fence.allPresent().succeeded());
  }

  @Test
  void thatAllAnsweredIsNotRemembered() {
    assertTrue(fence.allPresent().succeeded());
    redis.confirm(1);
    assertTrue(fence.allPresent().failed());
  }

  @Test
  void whoAsksAtTheSameTimeSharesTheQuestion() {
    redis.hold();
    List<Future<Void>> callers = Stream.generate(fence::allPresent).limit(100).toList();
    assertEquals(1, redis.asked("PING"));
    assertTrue(callers.stream().noneMatch(Future::isComplete));

    redis.release();
    assertTrue(callers.stream().allMatch(Future::succeeded));
    assertTrue(fence.allPresent().succeeded());
    assertEquals(2, redis.asked("PING"));
  }

  @Test
  void aChangeThatNotAllConfirmTellsThoseThatCome() {
    redis.confirm(1);
    assertTrue(fence.ask(request(), Quorum.ALL).failed());
    assertTrue(fence.allPresent().failed());
    assertEquals(0, redis.asked("PING"));
  }

  @Test
  void aReadOfWhatIsHeldNeverMindsTheReplicaThatIsAway() {
    redis.confirm(1);
    assertTrue(fence.allPresent().failed());
    for (int i = 0; i < 10; i++) {
      assertTrue(fence.read(request(), answer -> true).succeeded());
    }
  }

  @Test
  void aReadOfWhatIsNotHeldWaitsForAllOnceAMoment() {
    redis.confirm(1);
    for (int i = 0; i < 10; i++) {
      assertFalse(fence.read(request(), answer -> false).result().byAll());
    }
    assertEquals(1, redis.asked("WAIT 2"));
  }

  /** What is remembered may refuse, it may never confirm. */
  @Test
  void noMemoryStandsForAConfirmation() {
    assertTrue(fence.allPresent().succeeded());
    redis.confirm(0);
    assertFalse(fence.read(request(), answer -> true).succeeded());
    assertFalse(fence.ask(request(), Quorum.MAJORITY).succeeded());
    assertFalse(fence.ask(request(), Quorum.ALL).succeeded());
  }

  private static Request request() {
    return Request.cmd(Command.GET).arg("x");
  }
}
