// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExerciseRateTest {

  @Test
  void meanAndStandardDeviationAreThoseOfAllResults() {
    ExerciseRate rate = ExerciseRate.of("c-pointers", 4, 20 + 40 + 60 + 80, 12_000, 1, 2, 3.6);
    assertEquals(50, rate.mean());
    assertEquals(Math.sqrt(500), rate.standardDeviation(), 1e-12);
    assertEquals(0.75, rate.successRate());
    assertEquals(4, rate.students());
  }

  @Test
  void equalScoresDeviateByZeroInSpiteOfRounding() {
    ExerciseRate rate =
        ExerciseRate.of("c-pointers", 3, 3 * 33.3, 3 * 33.3 * 33.3 - 1e-9, 0, 3, null);
    assertEquals(0, rate.standardDeviation());
  }

  @Test
  void alertsThatOvertookTheirResultsMakeNoNegativeRate() {
    ExerciseRate rate = ExerciseRate.of("c-pointers", 2, 30, 500, 3, 2, 2.0);
    assertEquals(0, rate.successRate());
    assertEquals(0, rate.low());
  }
}
