// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.dashboard.http.ProblemException;

class FailurePlacesQueryTest {

  @Test
  void whatIsAskedForIsKept() {
    assertEquals(
        new FailurePlacesQuery("c-files", 5000, 7), FailurePlacesQuery.of("c-files", "5000", "7"));
    assertEquals(
        new FailurePlacesQuery("c-files", 1, 3), FailurePlacesQuery.of("c-files", "1", "3"));
  }

  /** So that all of them together have nine answers of an exercise. */
  @Test
  void manyLimitsAreFewQuestions() {
    Set<FailurePlacesQuery> fetched = new HashSet<>();
    for (int limit = 1; limit <= 20_000; limit++) {
      FailurePlacesQuery question = FailurePlacesQuery.of("c-files", String.valueOf(limit), "7");
      assertTrue(question.fetched().limit() >= limit);
      fetched.add(question.fetched());
    }
    assertEquals(3, fetched.size());
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "20001, 5", "-1, 5", "many, 5", "1e3, 5", "'', 5", "10, 6", "10, seven"})
  void whatCannotBeAnsweredIsRefused(String limit, String resolution) {
    assertThrows(
        ProblemException.class, () -> FailurePlacesQuery.of("c-files", limit, resolution).limit());
  }
}
