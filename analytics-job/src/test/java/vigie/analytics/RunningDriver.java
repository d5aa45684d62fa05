// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.util.concurrent.CompletableFuture;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.driver.Driver;
import vigie.analytics.driver.Health;
import vigie.analytics.driver.Metrics;

/** A driver in a thread of its own. */
final class RunningDriver implements AutoCloseable {

  final Health health = new Health();
  final Metrics metrics = new Metrics();
  private final Driver driver;
  private final CompletableFuture<Void> end;

  RunningDriver(AnalyticsConfig config) {
    driver = new Driver(config, health, metrics);
    end = CompletableFuture.runAsync(driver, run -> new Thread(run, "driver").start());
  }

  boolean isReady() {
    return health.state().ready();
  }

  String says() {
    return health.state().says();
  }

  void stop() {
    driver.stop();
    end.join();
  }

  @Override
  public void close() {
    stop();
  }
}
