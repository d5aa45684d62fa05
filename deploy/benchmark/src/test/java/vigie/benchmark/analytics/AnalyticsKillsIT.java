// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.benchmark.Dice;
import vigie.benchmark.SharedSystems;
import vigie.benchmark.Systems;
import vigie.harness.Seed;
import vigie.harness.Tier;

/**
 * Some of the kills that {@code deploy/benchmark/analytics-kills} plays, in the HDFS of {@code
 * ArchiveKillsIT} and after it.
 */
@ExtendWith(SharedSystems.class)
@Order(Order.DEFAULT + 2)
class AnalyticsKillsIT {

  private static final List<Fault> ALL = List.of(Fault.values());

  private static final int KILLS = Tier.count("vigie.kills", 1, 20);

  private static final int WORKERS = Tier.count("vigie.workers", 1, Trial.WORKERS);

  private static final long SEED = Seed.of(AnalyticsKillsIT.class);

  @Test
  void noReaderSeesABatchInPartAndTheEndIsExactWhateverIsKilled(
      Systems systems, @TempDir Path folder) throws Exception {
    List<Fault> faults = new Dice(SEED).rounds(KILLS < ALL.size() ? ofSpark() : ALL, KILLS);
    ExamArchive archive = ExamArchive.on(systems, folder);
    try (Trial trial = new Trial(archive, folder, WORKERS, SEED)) {
      for (int run = 0; run < KILLS; run++) {
        Trial.Result result = trial.run(faults.get(run), SEED + run);
        System.out.println(result);
        assertEquals(List.of(), result.problems(), result::toString);
      }
      int seen = trial.end();
      assertTrue(seen > KILLS, () -> "only " + seen + " publications were seen, seed " + SEED);
    } finally {
      archive.postgres().kill();
    }
  }

  /** {@code FiguresIT} kills PostgreSQL in the midst of a batch. */
  private static List<Fault> ofSpark() {
    return ALL.stream().filter(fault -> fault != Fault.KILL_POSTGRESQL).toList();
  }
}
