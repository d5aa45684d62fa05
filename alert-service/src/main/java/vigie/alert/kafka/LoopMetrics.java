// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Counts what should never happen: after it all goes on, but somebody has to look at it. */
@Startup
@Singleton
public class LoopMetrics {

  private static final String ERRORS = "vigie.loop.errors";
  private static final String LOOP = "loop";
  private static final String DESCRIPTION = "Errors after which a loop began again";

  /** Counts those of a loop that is not one of ours. */
  public static Counter errors(String loop, MeterRegistry metrics) {
    return Counter.builder(ERRORS).tag(LOOP, loop).description(DESCRIPTION).register(metrics);
  }

  /** Counts the partitions that a loop cannot work on. */
  public static void register(String loop, Standstills standing, MeterRegistry metrics) {
    for (Standstill why : Standstill.values()) {
      Gauge.builder("vigie.partitions.standing", standing, all -> all.count(why))
          .tag(LOOP, loop)
          .tag("reason", why.tag())
          .description("Partitions that wait while a loop works on the others")
          .register(metrics);
    }
  }

  LoopMetrics(Instance<Looping> loops, MeterRegistry metrics) {
    for (Looping one : loops) {
      FunctionCounter.builder(ERRORS, one.loop(), LoopThread::errors)
          .tag(LOOP, one.loop().name())
          .description(DESCRIPTION)
          .register(metrics);
      register(one.loop().name(), one.loop().standing(), metrics);
    }
  }
}
