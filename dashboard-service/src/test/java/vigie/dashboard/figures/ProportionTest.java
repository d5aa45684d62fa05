// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

  /** The first two are Newcombe's (1998) published examples, to the four digits he gives. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "8, 10, 0.4902, 0.9433",
    "0, 10, 0, 0.2775",
    "10, 10, 0.7225, 1",
    "1, 1, 0.2065, 1",
    "50, 100, 0.4038, 0.5962",
  })
  void theIntervalIsWilsons(long part, long whole, double low, double high) {
    Proportion proportion = Proportion.of(part, whole);
    assertEquals(low, proportion.low(), 5e-5);
    assertEquals(high, proportion.high(), 5e-5);
  }

  @Test
  void theIntervalHoldsTheRateAndStaysWithinZeroAndOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long whole = 1 + random.nextLong(1_000_000);
      Proportion p = Proportion.of(random.nextLong(whole + 1), whole);
      assertTrue(
          0 <= p.low() && p.low() <= p.rate() && p.rate() <= p.high() && p.high() <= 1,
          () -> "seed " + seed + ": " + p);
    }
  }
}
