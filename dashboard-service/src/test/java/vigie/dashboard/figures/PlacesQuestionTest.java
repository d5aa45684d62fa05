// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.dashboard.http.ProblemException;

class PlacesQuestionTest {

  @Test
  void whatIsAskedForIsKept() {
    assertEquals(new PlacesQuestion("c-files", 5000, 7), PlacesQuestion.of("c-files", "5000", "7"));
    assertEquals(new PlacesQuestion("c-files", 1, 3), PlacesQuestion.of("c-files", "1", "3"));
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "20001, 5", "-1, 5", "many, 5", "1e3, 5", "'', 5", "10, 6", "10, seven"})
  void whatCannotBeAnsweredIsRefused(String limit, String resolution) {
    assertThrows(
        ProblemException.class, () -> PlacesQuestion.of("c-files", limit, resolution).limit());
  }
}
