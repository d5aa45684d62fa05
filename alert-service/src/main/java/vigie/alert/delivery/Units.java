// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vigie.alert.AlertConfig;

/** The units that are connected to this instance. Safe for use by several threads. */
@Singleton
class Units {

  private final Set<Subscription> connected = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;
  private final long timer;

  Units(Vertx vertx, AlertConfig config, MeterRegistry metrics) {
    this.vertx = vertx;
    this.timer =
        vertx.setPeriodic(
            config.delivery().heartbeat().toMillis(),
            tick -> connected.forEach(Subscription::heartbeat));
    Gauge.builder("vigie.units.connected", connected, Set::size)
        .description("Patrol units connected to this instance")
        .register(metrics);
  }

  void add(Subscription unit) {
    connected.add(unit);
  }

  void remove(Subscription unit) {
    connected.remove(unit);
  }

  /** Says that there may be something new. */
  void wake() {
    connected.forEach(Subscription::wake);
  }

  @PreDestroy
  void close() {
    vertx.cancelTimer(timer);
  }
}
