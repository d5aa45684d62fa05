// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import vigie.service.kafka.LoopOwner;
import vigie.service.kafka.StallReason;
import vigie.service.kafka.StalledPartitions;
import vigie.service.kafka.SupervisedLoop;

/** Counts what should never happen: after it all goes on, but an operator has to look at it. */
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
  public static void register(
      String loop, StalledPartitions stalledPartitions, MeterRegistry metrics) {
    for (StallReason reason : StallReason.values()) {
      Gauge.builder("vigie.partitions.standing", stalledPartitions, all -> all.count(reason))
          .tag(LOOP, loop)
          .tag("reason", reason.tag())
          .description("Partitions that wait while a loop works on the others")
          .register(metrics);
    }
  }

  LoopMetrics(Instance<LoopOwner> owners, MeterRegistry metrics) {
    owners.stream()
        .flatMap(owner -> owner.loops().stream())
        .forEach(
            loop -> {
              FunctionCounter.builder(ERRORS, loop, SupervisedLoop::errors)
                  .tag(LOOP, loop.name())
                  .description(DESCRIPTION)
                  .register(metrics);
              register(loop.name(), loop.stalledPartitions(), metrics);
            });
  }
}
