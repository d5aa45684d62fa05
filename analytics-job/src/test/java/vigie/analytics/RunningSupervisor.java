// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.util.concurrent.CompletableFuture;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.driver.Health;
import vigie.analytics.driver.Metrics;
import vigie.analytics.driver.QuerySupervisor;

/** A driver in a thread of its own. */
final class RunningSupervisor implements AutoCloseable {

  final Health health = new Health();
  final Metrics metrics = new Metrics();
  private final QuerySupervisor supervisor;
  private final CompletableFuture<Void> end;

  RunningSupervisor(AnalyticsConfig config) {
    supervisor = new QuerySupervisor(config, health, metrics);
    end = CompletableFuture.runAsync(supervisor, run -> new Thread(run, "driver").start());
  }

  boolean isReady() {
    return health.state().ready();
  }

  String says() {
    return health.state().says();
  }

  void stop() {
    supervisor.stop();
    end.join();
  }

  @Override
  public void close() {
    stop();
  }
}
