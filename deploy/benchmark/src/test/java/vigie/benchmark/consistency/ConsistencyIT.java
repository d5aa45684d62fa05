// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.RedisForm;

/** A few of the runs that {@code deploy/benchmark/consistency} makes by the hundred. */
class ConsistencyIT {

  private final long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

  @TempDir private Path folder;

  @Test
  void noChangeIsMissedWhileSentinelsReplaceAPrimary() throws Exception {
    assertNoViolations(RedisForm.SENTINEL, Fault.CUT_PRIMARY_WITH_JUDGE);
  }

  @Test
  void noChangeIsMissedWhileAPrimaryIsAwayAndNobodyReplacesIt() throws Exception {
    assertNoViolations(RedisForm.REPLICATION, Fault.KILL_PRIMARY);
  }

  @Test
  void changesThatOnlyAMajorityHoldsAreFoundOut() throws Exception {
    try (Trial trial = new Trial(folder, RedisForm.SENTINEL, Optional.of("MAJORITY_WRITES"))) {
      Result result = trial.run(Fault.LAGGARD_REMAINS, seed);
      System.out.println(result);
      assertTrue(
          result.violations().stream()
              .anyMatch(one -> one.promise() == Violation.Promise.A_CHANGE_IS_NEVER_MISSED),
          result::toString);
    }
  }

  /** This fault, and one by chance. */
  private void assertNoViolations(RedisForm form, Fault fault) throws Exception {
    Fault another = new Dice(seed).oneOf(Fault.of(form));
    try (Trial trial = new Trial(folder, form, Optional.empty())) {
      assertNoViolations(trial.run(fault, seed));
      assertNoViolations(trial.run(another, seed + 1));
    }
  }

  private static void assertNoViolations(Result result) {
    System.out.println(result);
    assertEquals(List.of(), result.violations(), result::toString);
    assertTrue(result.history().judgedEvents() > 500, result::toString);
  }
}
