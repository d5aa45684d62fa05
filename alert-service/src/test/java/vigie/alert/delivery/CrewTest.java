// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertConfigs;

class CrewTest {

  private final EventLoop loop = new DefaultEventLoop();
  private final PatrolLog log = new PatrolLog(AlertConfigs.of(Map.of()), null);
  private final Crew crew = new Crew(loop, log);
  private final List<Unit> units = List.of(new Unit(), new Unit(), new Unit());

  @AfterEach
  void close() {
    loop.shutdownGracefully().syncUninterruptibly();
  }

  @Test
  void whatFailsForOneUnitEndsThatOneOnly() {
    units.forEach(crew::add);
    for (Unit failing : units) {
      units.forEach(unit -> unit.turns = 0);
      failing.failing = true;
      crew.wake();
      crew.heartbeat();
      await();
      assertEquals(List.of(2, 2, 2), units.stream().map(unit -> unit.turns).toList());
      failing.failing = false;
      assertEquals(
          List.of(CloseReason.INTERNAL_SERVER_ERROR, CloseReason.INTERNAL_SERVER_ERROR),
          failing.ends);
    }
  }

  private void await() {
    loop.submit(() -> {}).syncUninterruptibly();
  }

  /** One that counts its turns, and may fail in each. */
  private static final class Unit implements Puller {

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
