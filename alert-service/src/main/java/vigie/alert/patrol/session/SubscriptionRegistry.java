// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.CloseReason;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import vigie.alert.AlertConfig;
import vigie.alert.patrol.log.AlertLog;
import vigie.alert.patrol.log.LogListener;

/** The subscriptions of this instance, by event loop. Safe for use by several threads. */
@Singleton
class SubscriptionRegistry implements LogListener {

  private final Map<EventLoop, EventLoopSubscriptions> byEventLoop = new ConcurrentHashMap<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AlertLog log;
  private final Vertx vertx;
  private final long timer;

  SubscriptionRegistry(AlertLog log, Vertx vertx, AlertConfig config, MeterRegistry metrics) {
    this.log = log;
    this.vertx = vertx;
    this.timer =
        vertx.setPeriodic(
            config.delivery().heartbeat().toMillis(),
            tick -> byEventLoop.values().forEach(EventLoopSubscriptions::heartbeat));
    Gauge.builder("vigie.units.connected", connected, AtomicInteger::get)
        .description("Patrol units connected to this instance")
        .register(metrics);
  }

  /** Those that the same event loop serves. */
  EventLoopSubscriptions subscriptions(EventLoop eventLoop) {
    return byEventLoop.computeIfAbsent(eventLoop, loop -> new EventLoopSubscriptions(loop, log));
  }

  /** On the event loop of its connection. */
  void add(Subscription unit) {
    unit.subscriptions().add(unit);
    connected.incrementAndGet();
  }

  /** On the event loop of its connection. */
  void remove(Subscription unit) {
    unit.subscriptions().remove(unit);
    connected.decrementAndGet();
  }

  @Override
  public void wake() {
    byEventLoop.values().forEach(EventLoopSubscriptions::wake);
  }

  @Override
  public void end(CloseReason reason) {
    byEventLoop.values().forEach(each -> each.end(reason));
  }

  @PreDestroy
  void close() {
    vertx.cancelTimer(timer);
  }
}
