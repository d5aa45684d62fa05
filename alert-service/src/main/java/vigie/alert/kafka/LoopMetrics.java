// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Counts what should never happen: after it all goes on, but somebody has to look at it. */
@Startup
@Singleton
class LoopMetrics {

  LoopMetrics(Instance<Looping> loops, MeterRegistry metrics) {
    for (Looping one : loops) {
      FunctionCounter.builder("vigie.loop.errors", one.loop(), LoopThread::errors)
          .tag("loop", one.loop().name())
          .description("Errors after which a loop began again")
          .register(metrics);
    }
  }
}
