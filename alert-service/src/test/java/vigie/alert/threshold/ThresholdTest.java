// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 40, 99.99999999999999, 100, 1e-300})
  void everyValueIsReadAsItWasWritten(double value) {
    OptionalDouble written = OptionalDouble.of(value);
    assertEquals(
        new Threshold(7, written), Threshold.parse("7 %s".formatted(Threshold.stored(written))));
  }

  @Test
  void aDeletedThresholdKeepsItsVersion() {
    Threshold deleted = Threshold.parse("8 " + Threshold.stored(OptionalDouble.empty()));
    assertEquals(new Threshold(8, OptionalDouble.empty()), deleted);
    assertFalse(deleted.isAbove(0));
  }

  @Test
  void theMarkOfAHeldThresholdChangesNothing() {
    assertEquals(Threshold.parse("7 40.0"), Threshold.parse("7 40.0" + Threshold.HELD_BY_ALL));
  }

  @Test
  void anExerciseThatNeverHadAThresholdIsAtVersionZero() {
    assertEquals(new Threshold(0, OptionalDouble.empty()), Threshold.parse(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "7 ", " 40.0", "x 40.0", "7 40.0 more"})
  void whatIsNoThresholdIsNeverGuessed(String stored) {
    assertThrows(IllegalStateException.class, () -> Threshold.parse(stored));
  }

  @Test
  void onlyAScoreBelowTheThresholdFails() {
    Threshold forty = Threshold.parse("1 40.0");
    assertTrue(forty.isAbove(39.999999999999));
    assertFalse(forty.isAbove(40));
    assertFalse(forty.isAbove(100));
  }
}
