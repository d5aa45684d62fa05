// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverdueReportsTest {

  private final OverdueReports overdue = new OverdueReports();

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT1H", "P1D", "PT-1H", "P-1D"})
  void whatIsDueAtTwoLooksWasLeftBehindWhateverTheClockOfRedis(Duration ahead) {
    long clock = Instant.parse("2026-06-15T09:00:00Z").plus(ahead).toEpochMilli();
    String first = clock + "-0";
    String second = clock + "-1";

    assertEquals(List.of(), overdue.of(Set.of(first)));
    assertEquals(List.of(first), overdue.of(Set.of(first, second)));
    assertEquals(List.of(second), overdue.of(Set.of(second)));
    assertEquals(List.of(), overdue.of(Set.of()));
    assertEquals(List.of(), overdue.of(Set.of(second)));
  }
}
