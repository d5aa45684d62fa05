// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import java.util.Locale;
import vigie.benchmark.Dice;
import vigie.stack.process.ManagedProcess;

/** What is killed with SIGKILL while batches are under way, and started again. */
enum Fault {
  KILL_DRIVER {
    @Override
    ManagedProcess victim(Arena arena, Dice dice) {
      return arena.driver().process();
    }
  },
  KILL_POSTGRESQL {
    @Override
    ManagedProcess victim(Arena arena, Dice dice) {
      return arena.postgres();
    }
  },
  /** One of Spark's, and its executor with it. */
  KILL_WORKER {
    @Override
    ManagedProcess victim(Arena arena, Dice dice) {
      return dice.oneOf(arena.workers());
    }
  };

  abstract ManagedProcess victim(Arena arena, Dice dice);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
