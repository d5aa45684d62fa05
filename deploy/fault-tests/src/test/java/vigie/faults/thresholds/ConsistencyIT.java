// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.history.Violation;
import vigie.harness.LongForm;
import vigie.harness.Seed;
import vigie.harness.Tier;
import vigie.stack.redis.RedisTopology;

/**
 * A few of the runs that {@code deploy/fault-tests/consistency} makes by the hundred; {@code
 * -Dvigie.runs=20} makes more of them. The tests under one form of Redis follow each other.
 */
@TestMethodOrder(OrderAnnotation.class)
class ConsistencyIT {

  /** Of each form, by chance. */
  private static final int RUNS = Tier.count("vigie.runs", 0, 20);

  private static final int RUNS_TO_BE_FOUND_OUT = 6;

  private static final long SEED = Seed.of(ConsistencyIT.class);

  /** Kafka keeps the results of all trials, so each run needs exercises of its own. */
  private static long nextSeed = SEED;

  @TempDir private static Path folder;
  private static SharedIngest intake;
  private static FaultRunner runner;

  @BeforeAll
  static void start() {
    intake = new SharedIngest(folder);
  }

  @AfterAll
  static void stop() {
    if (runner != null) {
      runner.close();
    }
    intake.close();
  }

  @LongForm
  @Test
  @Order(1)
  void noChangeIsMissedWhileSentinelsReplaceAPrimary() throws Exception {
    FaultRunner sentinels = runner(RedisTopology.SENTINEL, Optional.empty());
    assertNoViolations(sentinels.run(Fault.CUT_MID_CHANGE, nextSeed++));
    assertNoViolationsByChance(sentinels, RUNS);
  }

  @Test
  @Order(2)
  void settledExercisesAreJudgedWhileAReplicaIsAwayAndAChangeIsNot() throws Exception {
    FaultRunner sentinels = runner(RedisTopology.SENTINEL, Optional.empty());
    assertNoViolations(sentinels.run(Fault.REPLICA_AWAY, nextSeed++));
  }

  @ParameterizedTest
  @CsvSource("UNFENCED_READS, CUT_MID_CHANGE, WHAT_WAS_SEEN_IS_NEVER_TAKEN_BACK")
  @Order(3)
  void aGuaranteeThatIsTakenAwayIsMissed(String guarantee, Fault fault, Violation.Promise broken)
      throws Exception {
    assertFoundOut(RedisTopology.SENTINEL, guarantee, fault, broken);
  }

  @LongForm
  @ParameterizedTest
  @CsvSource({
    "REPLICA_READS, CUT_MID_CHANGE, WHAT_WAS_SEEN_IS_NEVER_TAKEN_BACK",
    "UNHELD_READS, CUT_MID_CHANGE_WITH_REPLICA, WHAT_WAS_SEEN_IS_NEVER_TAKEN_BACK",
    "EARLY_MARKS, CUT_MID_CHANGE_WITH_REPLICA, A_VERSION_HAS_ONE_VALUE",
    "NO_MARKS, REPLICA_AWAY, JUDGING_GOES_ON",
    "MAJORITY_WRITES, LAGGARD_REMAINS, A_CHANGE_IS_NEVER_MISSED",
    "UNCONFIRMED_WRITES, CUT_MID_CHANGE, A_CHANGE_IS_NEVER_MISSED",
    "UNCONDITIONAL_CHANGES, NONE, CONDITIONS_ARE_KEPT",
    "READ_BEFORE_POLL, NONE, A_CHANGE_IS_NEVER_MISSED"
  })
  @Order(4)
  void anyOtherGuaranteeThatIsTakenAwayIsMissed(
      String guarantee, Fault fault, Violation.Promise broken) throws Exception {
    assertFoundOut(RedisTopology.SENTINEL, guarantee, fault, broken);
  }

  @LongForm
  @Test
  @Order(5)
  void noChangeIsMissedWhileAPrimaryIsAwayAndNobodyReplacesIt() throws Exception {
    FaultRunner replication = runner(RedisTopology.REPLICATION, Optional.empty());
    assertNoViolations(replication.run(Fault.KILL_PRIMARY, nextSeed++));
    assertNoViolationsByChance(replication, RUNS - 1);
  }

  /** Sentinels send messages of their own, which do what that of the fence does. */
  @LongForm
  @Test
  @Order(6)
  void aMessageThatIsTakenAwayIsMissed() throws Exception {
    FaultRunner replication = runner(RedisTopology.REPLICATION, Optional.empty());
    assertNoViolations(replication.run(Fault.REPLICAS_FROZEN, nextSeed++));
    assertFoundOut(
        RedisTopology.REPLICATION,
        "NO_MESSAGE",
        Fault.REPLICAS_FROZEN,
        Violation.Promise.A_SERVER_THAT_IS_ALONE_IS_NOT_BELIEVED);
  }

  /** One runner at a time: the judges of two would share the partitions of the one Kafka. */
  private static FaultRunner runner(RedisTopology form, Optional<String> takenAway) {
    if (runner == null || runner.form() != form) {
      if (runner != null) {
        runner.close();
      }
      runner = new FaultRunner(folder.resolve(form.toString()), form, takenAway, intake);
    } else if (!runner.deliberateFault().equals(takenAway)) {
      runner.judgeWith(takenAway);
    }
    return runner;
  }

  private static void assertFoundOut(
      RedisTopology form, String guarantee, Fault fault, Violation.Promise broken)
      throws Exception {
    FaultRunner without = runner(form, Optional.of(guarantee));
    for (int i = 0; i < RUNS_TO_BE_FOUND_OUT; i++) {
      Result result = without.run(fault, nextSeed++);
      System.out.println(result);
      if (result.violations().stream().anyMatch(one -> one.promise() == broken)) {
        return;
      }
    }
    fail("%s was not found out, seed %d".formatted(guarantee, SEED));
  }

  private static void assertNoViolationsByChance(FaultRunner runner, int runs) throws Exception {
    for (Fault fault : new SeededRandom(nextSeed).rounds(Fault.of(runner.form()), runs)) {
      assertNoViolations(runner.run(fault, nextSeed++));
    }
  }

  private static void assertNoViolations(Result result) {
    System.out.println(result);
    assertEquals(List.of(), result.violations(), result::toString);
    assertTrue(result.history().acceptedEvents() > 500, result::toString);
  }
}
