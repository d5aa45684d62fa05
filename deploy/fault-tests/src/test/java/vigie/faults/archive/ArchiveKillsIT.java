// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.faults.harness.ArchiveSystems;
import vigie.faults.harness.RunningArchive;
import vigie.faults.harness.SeededRandom;
import vigie.faults.harness.SharedArchiveSystems;
import vigie.harness.Seed;
import vigie.harness.Tier;

/**
 * A few of the runs that {@code deploy/fault-tests/archive-kills} makes by the hundred; {@code
 * -Dvigie.faults=50} makes more of them.
 */
@ExtendWith(SharedArchiveSystems.class)
@Order(Order.DEFAULT + 1)
class ArchiveKillsIT {

  private static final List<Fault> ALL = List.of(Fault.values());

  private static final int FAULTS = Tier.count("vigie.faults", 2, ALL.size());

  private static final long SEED = Seed.of(ArchiveKillsIT.class);

  /** A writer is at times frozen just when it has nothing in hand. */
  private static final int ZOMBIES = 4;

  /** A zombie sleeps until the metadata that it is based on are deleted. */
  private static final int KEPT_METADATA = 5;

  private static final String FAILURES = "vigie_archive_failures_total{table=\"results\"}";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private static FaultRunner runner;

  @TempDir private static Path folder;

  @BeforeAll
  static void start(ArchiveSystems systems) {
    runner = new FaultRunner(folder, systems);
    runner.cluster().keepMetadata(KEPT_METADATA);
  }

  @AfterAll
  static void stop() throws Exception {
    try (FaultRunner over = runner) {
      assertEquals(List.of(), over.end());
    }
  }

  @Test
  void everyOffsetIsArchivedExactlyOnceWhateverIsKilledOrFrozen() throws Exception {
    List<Fault> faults = new SeededRandom(SEED).rounds(FAULTS < ALL.size() ? quick() : ALL, FAULTS);
    for (int run = 0; run < FAULTS; run++) {
      assertSound(runner.run(faults.get(run), SEED + run));
    }
  }

  @Test
  void aZombieCannotPublish() throws Exception {
    RunningArchive zombie = new SeededRandom(SEED).oneOf(runner.cluster().writers());
    boolean refused = false;
    for (int i = 0; i < ZOMBIES && !refused; i++) {
      double failures = zombie.metric(FAILURES);
      zombie.process().freeze();
      try {
        runner.awaitArchived();
        runner.cluster().awaitNewMetadata(KEPT_METADATA + 5);
      } finally {
        zombie.process().resume();
      }
      refused = failsAgain(zombie, failures);
    }
    assertTrue(refused, "no zombie had anything refused, seed " + SEED);
  }

  /** A whole round of maintenance takes longer than all others together. */
  private static List<Fault> quick() {
    return ALL.stream().filter(fault -> fault != Fault.MAINTAIN).toList();
  }

  private static boolean failsAgain(RunningArchive writer, double failures) {
    try {
      await()
          .atMost(TIMEOUT)
          .pollInterval(POLL_INTERVAL)
          .until(() -> writer.metric(FAILURES) > failures);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static void assertSound(Result result) {
    System.out.println(result);
    assertEquals(List.of(), result.problems(), result::toString);
    assertTrue(result.acknowledged() > 500, result::toString);
  }
}
