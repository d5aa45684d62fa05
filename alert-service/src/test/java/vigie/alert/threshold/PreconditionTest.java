// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.alert.problem.ProblemException;

class PreconditionTest {

  @ParameterizedTest
  @CsvSource({", , any", "*, , present", "'\"12\"', , 12", ", *, absent"})
  void theHeadersSayWhatMustHold(String ifMatch, String ifNoneMatch, String condition) {
    assertEquals(condition, Precondition.of(ifMatch, ifNoneMatch).condition());
  }

  @ParameterizedTest
  @CsvSource({"12,", "W/\"12\",", "'\"1\", \"2\"',", "\"0\",", "\"-1\",", ",'\"12\"'", "*,*"})
  void aHeaderThatCannotBeHonouredIsRefused(String ifMatch, String ifNoneMatch) {
    assertThrows(ProblemException.class, () -> Precondition.of(ifMatch, ifNoneMatch));
  }

  @Test
  void withoutHeadersEveryChangeHappens() {
    assertEquals(Precondition.ANY, Precondition.of(null, null));
  }
}
