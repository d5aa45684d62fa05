// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScanProgressTest {

  @Test
  void aLineTellsPartRateAndTimeLeft() {
    assertEquals(
        "[#######-----------------------]  25 %, 1,000,000 rows/s, 30 s left",
        ScanProgress.line(10_000_000, 40_000_000, Duration.ofSeconds(10)));
  }

  @Test
  void moreThanExpectedIsAll() {
    assertEquals(
        "[##############################] 100 %, 5 rows/s, 0 s left",
        ScanProgress.line(5, 4, Duration.ofSeconds(1)));
  }
}
