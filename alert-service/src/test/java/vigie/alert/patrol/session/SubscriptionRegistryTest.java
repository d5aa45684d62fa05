// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.CloseReason;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertConfig;
import vigie.alert.AlertConfigs;
import vigie.alert.patrol.log.AlertLog;

class SubscriptionRegistryTest {

  private final List<EventLoop> loops = List.of(new DefaultEventLoop(), new DefaultEventLoop());
  private final Vertx vertx = Vertx.vertx();
  private final AlertConfig config = AlertConfigs.of(Map.of());
  private final SubscriptionRegistry registry =
      new SubscriptionRegistry(
          new AlertLog(config, null), vertx, config, new SimpleMeterRegistry());

  @AfterEach
  void close() {
    registry.close();
    loops.forEach(loop -> loop.shutdownGracefully().syncUninterruptibly());
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theUnitsOfEveryEventLoopAreWokenAndEnded() {
    List<Unit> connected = List.of(new Unit(), new Unit());
    for (int i = 0; i < connected.size(); i++) {
      registry.subscriptions(loops.get(i)).add(connected.get(i));
    }
    registry.wake();
    registry.end(new CloseReason(1012));
    loops.forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
    for (Unit unit : connected) {
      assertEquals(List.of("deliver", "end 1012"), unit.calls);
    }
  }

  /** Records what it is told, on the thread of its event loop. */
  private static final class Unit implements PullingSubscriber {

    private final List<String> calls = new ArrayList<>();

    @Override
    public void deliver() {
      calls.add("deliver");
    }

    @Override
    public void heartbeat() {
      calls.add("heartbeat");
    }

    @Override
    public void end(CloseReason reason) {
      calls.add("end " + reason.getCode());
    }
  }
}
