// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdCsvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"c-pointers", "=1+1", "+1", "-1", "@sum", "'=1+1", "'quoted", "''", "it's", ","})
  void aNameComesBackAsItWasAndIsNoFormula(String name) {
    String sheet = ThresholdCsv.write(List.of(new ThresholdView(name, 40, 1)));

    assertEquals(
        List.of(new ThresholdCsv.Line(name, "40.0", "1")), ThresholdCsv.read(sheet), sheet);
    String line = sheet.lines().skip(1).findFirst().orElseThrow();
    assertFalse(line.matches("\"?[=+@-].*"), sheet);
  }
}
