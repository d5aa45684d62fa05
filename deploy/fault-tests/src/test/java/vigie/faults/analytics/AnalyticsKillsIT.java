// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.faults.harness.ArchiveSystems;
import vigie.faults.harness.SeededRandom;
import vigie.faults.harness.SharedArchiveSystems;
import vigie.harness.LongForm;
import vigie.harness.Seed;

/**
 * Some of the kills that {@code deploy/fault-tests/analytics-kills} plays, in the HDFS of {@code
 * ArchiveKillsIT} and after it. In each run {@code FiguresIT} ends PostgreSQL in the midst of a
 * batch while readers look, and {@code ExamDayIT} kills the driver of a whole Vigie.
 */
@LongForm
@ExtendWith(SharedArchiveSystems.class)
@Order(Order.DEFAULT + 2)
class AnalyticsKillsIT {

  private static final List<Fault> ALL = List.of(Fault.values());

  private static final int KILLS = Integer.getInteger("vigie.kills", 20);

  private static final long SEED = Seed.of(AnalyticsKillsIT.class);

  @Test
  void noReaderSeesABatchInPartAndTheEndIsExactWhateverIsKilled(
      ArchiveSystems systems, @TempDir Path folder) throws Exception {
    List<Fault> faults = new SeededRandom(SEED).rounds(ALL, KILLS);
    EmptyArchive archive = EmptyArchive.on(systems, folder);
    try (FaultRunner runner = new FaultRunner(archive, folder, SEED)) {
      for (int run = 0; run < KILLS; run++) {
        FaultRunner.Result result = runner.run(faults.get(run), SEED + run);
        System.out.println(result);
        assertEquals(List.of(), result.problems(), result::toString);
      }
      int seen = runner.end();
      assertTrue(seen > KILLS, () -> "only " + seen + " publications were seen, seed " + SEED);
    } finally {
      archive.postgres().kill();
    }
  }
}
