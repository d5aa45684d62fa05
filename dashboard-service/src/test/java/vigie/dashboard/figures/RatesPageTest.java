// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.dashboard.figures.SuccessRates.Others;
import vigie.dashboard.http.ProblemException;

class RatesPageTest {

  private static final SuccessRates ALL =
      new SuccessRates(
          Instant.EPOCH,
          50.0,
          IntStream.range(0, 25).mapToObj(RatesPageTest::rate).toList(),
          new Others(3, 30, 10));

  @Test
  void pagesAreTheWholeListAndEachCountsWhatItDoesNotList() {
    List<ExerciseRate> listed = new ArrayList<>();
    for (int offset = 0; offset < 30; offset += 10) {
      SuccessRates page = ALL.page(RatesPage.of(String.valueOf(offset), "10"));
      listed.addAll(page.exercises());
      long n = page.exercises().stream().mapToLong(ExerciseRate::n).sum();
      assertEquals(25 + 3, page.exercises().size() + page.others().exercises());
      assertEquals(25 * 40 + 30, n + page.others().n());
    }
    assertEquals(ALL.exercises(), listed);
    assertEquals(List.of(), ALL.page(RatesPage.of("25", "10")).exercises());
    assertTrue(RatesPage.of("0", "25").holds(25));
  }

  @ParameterizedTest
  @CsvSource({"-1, 10", "0, 0", "0, 100001", "100001, 1", "x, 10", "0, ''", "0, 1e3"})
  void whatIsNoPageIsRefused(String offset, String limit) {
    assertThrows(ProblemException.class, () -> RatesPage.of(offset, limit).limit());
  }

  private static ExerciseRate rate(int i) {
    return ExerciseRate.of(new ExerciseRate.Sums("c-" + i, 40, 0, 0, 4, 2, null), null, null);
  }
}
