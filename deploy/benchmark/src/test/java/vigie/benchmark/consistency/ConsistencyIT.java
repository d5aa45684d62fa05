// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.benchmark.Dice;
import vigie.stack.RedisForm;

/** A few of the runs that {@code deploy/benchmark/consistency} makes by the hundred. */
class ConsistencyIT {

  private static final int RUNS_TO_BE_FOUND_OUT = 6;

  /** One cluster for all tests under Sentinel: what takes time is to start it. */
  private static Trial sentinels;

  private static Optional<String> takenAway = Optional.empty();

  private final long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    sentinels = new Trial(folder.resolve("sentinel"), RedisForm.SENTINEL, takenAway);
  }

  @AfterAll
  static void stop() {
    sentinels.close();
  }

  @Test
  void noChangeIsMissedWhileSentinelsReplaceAPrimary() throws Exception {
    takeAway(Optional.empty());
    assertNoViolations(sentinels.run(Fault.CUT_MID_CHANGE, seed));
    assertNoViolations(sentinels.run(new Dice(seed).oneOf(Fault.of(RedisForm.SENTINEL)), seed + 1));
  }

  @Test
  void noChangeIsMissedWhileAPrimaryIsAwayAndNobodyReplacesIt() throws Exception {
    try (Trial trial =
        new Trial(folder.resolve("replication"), RedisForm.REPLICATION, Optional.empty())) {
      assertNoViolations(trial.run(Fault.KILL_PRIMARY, seed));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNFENCED_READS, CUT_MID_CHANGE, WHAT_WAS_USED_IS_NEVER_TAKEN_BACK",
    "MAJORITY_WRITES, LAGGARD_REMAINS, A_CHANGE_IS_NEVER_MISSED",
    "READ_BEFORE_POLL, NONE, A_CHANGE_IS_NEVER_MISSED"
  })
  void aGuaranteeThatIsTakenAwayIsMissed(String guarantee, Fault fault, Violation.Promise broken)
      throws Exception {
    takeAway(Optional.of(guarantee));
    for (int i = 0; i < RUNS_TO_BE_FOUND_OUT; i++) {
      Result result = sentinels.run(fault, seed + i);
      System.out.println(result);
      if (result.violations().stream().anyMatch(one -> one.promise() == broken)) {
        return;
      }
    }
    fail("%s was not found out, seed %d".formatted(guarantee, seed));
  }

  private static void takeAway(Optional<String> guarantee) {
    if (!takenAway.equals(guarantee)) {
      sentinels.judgeWith(guarantee);
      takenAway = guarantee;
    }
  }

  private static void assertNoViolations(Result result) {
    System.out.println(result);
    assertEquals(List.of(), result.violations(), result::toString);
    assertTrue(result.history().judgedEvents() > 500, result::toString);
  }
}
