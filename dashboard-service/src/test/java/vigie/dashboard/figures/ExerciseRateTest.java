// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vigie.dashboard.figures.ExerciseRate.Sums;
import vigie.dashboard.figures.ExerciseRate.Withheld;

class ExerciseRateTest {

  private static Sums sums(long n, double scoreSum, double scoreSquareSum, long failures) {
    return new Sums("c-pointers", n, scoreSum, scoreSquareSum, failures, 2, 3.6);
  }

  @Test
  void meanAndStandardDeviationAreThoseOfAllResults() {
    ExerciseRate rate = ExerciseRate.of(sums(4, 20 + 40 + 60 + 80, 12_000, 1), null, null);
    assertEquals(50, rate.mean());
    assertEquals(Math.sqrt(500), rate.standardDeviation(), 1e-12);
    assertEquals(0.75, rate.successRate());
    assertEquals(4, rate.students());
  }

  @Test
  void equalScoresDeviateByZeroInSpiteOfRounding() {
    ExerciseRate rate = ExerciseRate.of(sums(3, 3 * 33.3, 3 * 33.3 * 33.3 - 1e-9, 0), null, null);
    assertEquals(0, rate.standardDeviation());
  }

  @Test
  void alertsThatOvertookTheirResultsMakeNoNegativeRate() {
    ExerciseRate rate = ExerciseRate.of(sums(2, 30, 500, 3), null, null);
    assertEquals(0, rate.successRate());
    assertEquals(0, rate.low());
  }

  @Test
  void anExerciseWithoutAThresholdHasNoRate() {
    ExerciseRate rate = ExerciseRate.of(sums(1, 0, 0, 0), Withheld.NO_THRESHOLD, null);
    assertNull(rate.successRate());
    assertNull(rate.low());
    assertNull(rate.high());
    assertEquals(0, rate.mean());
  }

  @Test
  void whatIsSurelyLowComesBeforeWhatFewResultsSayAndNoRateComesLast() {
    ExerciseRate surely = ExerciseRate.of(sums(100, 0, 0, 60), null, null);
    ExerciseRate perhaps = ExerciseRate.of(sums(1, 0, 0, 1), null, null);
    ExerciseRate withheld = ExerciseRate.of(sums(5, 0, 0, 0), Withheld.NO_THRESHOLD, null);
    assertEquals(0, perhaps.successRate());
    assertEquals(
        List.of(surely, perhaps, withheld),
        Stream.of(withheld, perhaps, surely).sorted(ExerciseRate.LOWEST_FIRST).toList());
  }
}
