// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quarkus.websockets.next.CloseReason;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertConfigs;
import vigie.alert.patrol.log.AlertLog;
import vigie.alert.patrol.log.LogPage;
import vigie.alert.patrol.protocol.Position;

class EventLoopSubscriptionsTest {

  private final EventLoop loop = new DefaultEventLoop();
  private final AlertLog log = new AlertLog(AlertConfigs.of(Map.of()), null);
  private final EventLoopSubscriptions subscriptions = new EventLoopSubscriptions(loop, log);
  private final List<Unit> units = List.of(new Unit(), new Unit(), new Unit());

  @AfterEach
  void close() {
    loop.shutdownGracefully().syncUninterruptibly();
  }

  @Test
  void whatFailsForOneUnitEndsThatOneOnly() {
    units.forEach(subscriptions::add);
    for (Unit failing : units) {
      units.forEach(unit -> unit.turns = 0);
      failing.failing = true;
      subscriptions.wake();
      subscriptions.heartbeat();
      await();
      assertEquals(List.of(2, 2, 2), units.stream().map(unit -> unit.turns).toList());
      failing.failing = false;
      assertEquals(
          List.of(CloseReason.INTERNAL_SERVER_ERROR, CloseReason.INTERNAL_SERVER_ERROR),
          failing.ends);
    }
  }

  @Test
  void whatLeadsNoFurtherComesAfterAPause() {
    EmbeddedChannel channel = new EmbeddedChannel();
    Position behind = Position.of(5, 0);
    AlertLog log =
        new AlertLog(AlertConfigs.of(Map.of()), null) {
          @Override
          public Uni<LogPage> replayed(Position from, int max) {
            return Uni.createFrom().item(new LogPage(List.of(), behind));
          }
        };
    EventLoopSubscriptions replaying = new EventLoopSubscriptions(channel.eventLoop(), log);
    List<FrameBatch> read = new ArrayList<>();
    replaying.replayed(Position.of(4)).subscribe().with(read::add);
    channel.runPendingTasks();
    assertEquals(1, read.size());
    replaying.replayed(behind).subscribe().with(read::add);
    channel.runPendingTasks();
    assertEquals(1, read.size());
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runPendingTasks();
    assertEquals(2, read.size());
    assertFalse(channel.finish());
  }

  private void await() {
    loop.submit(() -> {}).syncUninterruptibly();
  }

  /** One that counts its turns, and may fail in each. */
  private static final class Unit implements PullingSubscriber {

    private final List<CloseReason> ends = new ArrayList<>();
    private int turns;
    private boolean failing;

    @Override
    public void deliver() {
      turns++;
      if (failing) {
        throw new AssertionError("deliberate");
      }
    }

    @Override
    public void heartbeat() {
      deliver();
    }

    @Override
    public void end(CloseReason reason) {
      ends.add(reason);
    }
  }
}
