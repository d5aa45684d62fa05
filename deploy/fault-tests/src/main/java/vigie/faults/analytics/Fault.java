// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.util.Locale;
import vigie.faults.harness.SeededRandom;
import vigie.stack.process.ManagedProcess;

/** What is killed with SIGKILL while batches are under way, and started again. */
enum Fault {
  KILL_DRIVER {
    @Override
    ManagedProcess victim(AnalyticsEnvironment environment, SeededRandom random) {
      return environment.driver().process();
    }
  },
  KILL_POSTGRESQL {
    @Override
    ManagedProcess victim(AnalyticsEnvironment environment, SeededRandom random) {
      return environment.postgres();
    }
  },
  /** One of Spark's, and its executor with it. */
  KILL_WORKER {
    @Override
    ManagedProcess victim(AnalyticsEnvironment environment, SeededRandom random) {
      return random.oneOf(environment.workers());
    }
  };

  abstract ManagedProcess victim(AnalyticsEnvironment environment, SeededRandom random);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
