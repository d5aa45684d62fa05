// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void countsMustBeEqual() {
    assertEquals(
        List.of("physics: published n=3 sum=1.0, recomputed n=4 sum=1.0"),
        Difference.between(figures("physics", 3L, 1.0), figures("physics", 4L, 1.0)));
  }

  @Test
  void sumsMayDifferByTheirRounding() {
    assertEquals(
        List.of(),
        Difference.between(figures("physics", 3L, 1e12), figures("physics", 3L, 1e12 + 0.001)));
    assertEquals(
        1,
        Difference.between(figures("physics", 3L, 1e12), figures("physics", 3L, 1e12 + 5_000))
            .size());
  }

  @Test
  void aKeyOnOneSideOnlyDiffers() {
    assertEquals(
        List.of(
            "music: not published, recomputed n=1 sum=2.0",
            "physics: not recomputed, published n=1 sum=2.0"),
        Difference.between(figures("physics", 1L, 2.0), figures("music", 1L, 2.0)));
  }

  private static FigureSet figures(String key, long n, double sum) {
    return new FigureSet(List.of("n", "sum"), Map.of(key, List.of(n, sum)));
  }
}
