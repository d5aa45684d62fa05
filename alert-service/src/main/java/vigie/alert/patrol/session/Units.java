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
import vigie.alert.patrol.log.LogListener;
import vigie.alert.patrol.log.PatrolLog;

/** The units that are connected to this instance. Safe for use by several threads. */
@Singleton
class Units implements LogListener {

  private final Map<EventLoop, Crew> crews = new ConcurrentHashMap<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final PatrolLog log;
  private final Vertx vertx;
  private final long timer;

  Units(PatrolLog log, Vertx vertx, AlertConfig config, MeterRegistry metrics) {
    this.log = log;
    this.vertx = vertx;
    this.timer =
        vertx.setPeriodic(
            config.delivery().heartbeat().toMillis(),
            tick -> crews.values().forEach(Crew::heartbeat));
    Gauge.builder("vigie.units.connected", connected, AtomicInteger::get)
        .description("Patrol units connected to this instance")
        .register(metrics);
  }

  /** Those that the same event loop serves. */
  Crew crew(EventLoop eventLoop) {
    return crews.computeIfAbsent(eventLoop, loop -> new Crew(loop, log));
  }

  /** On the event loop of its connection. */
  void add(Subscription unit) {
    unit.crew().add(unit);
    connected.incrementAndGet();
  }

  /** On the event loop of its connection. */
  void remove(Subscription unit) {
    unit.crew().remove(unit);
    connected.decrementAndGet();
  }

  @Override
  public void wake() {
    crews.values().forEach(Crew::wake);
  }

  @Override
  public void end(CloseReason reason) {
    crews.values().forEach(crew -> crew.end(reason));
  }

  @PreDestroy
  void close() {
    vertx.cancelTimer(timer);
  }
}
