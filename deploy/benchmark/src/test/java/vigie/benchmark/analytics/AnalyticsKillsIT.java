// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.benchmark.Dice;

/** Some of the kills that {@code deploy/benchmark/analytics-kills} plays. */
class AnalyticsKillsIT {

  private static final int KILLS = Integer.getInteger("vigie.kills", 3);

  private final long seed =
      Long.getLong("vigie.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));

  @Test
  void noReaderSeesABatchInPartAndTheEndIsExactWhateverIsKilled(@TempDir Path folder)
      throws Exception {
    List<Fault> faults = new Dice(seed).rounds(List.of(Fault.values()), KILLS);
    try (Trial trial = new Trial(folder, seed)) {
      for (int run = 0; run < KILLS; run++) {
        Trial.Result result = trial.run(faults.get(run), seed + run);
        System.out.println(result);
        assertEquals(List.of(), result.problems(), result::toString);
      }
      int seen = trial.end();
      assertTrue(seen > KILLS, () -> "only " + seen + " publications were seen, seed " + seed);
    }
  }
}
