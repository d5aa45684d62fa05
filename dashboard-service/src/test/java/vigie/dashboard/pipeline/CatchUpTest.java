// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {

  private static final Instant START = Instant.parse("2026-06-15T08:00:00Z");
  private static final TopicPartition ONE = new TopicPartition("vigie.results", 0);
  private static final TopicPartition TWO = new TopicPartition("vigie.results", 1);

  private final CatchUp catchUp = new CatchUp();

  private long behind(int second, long one, long two, long endOfOne, long endOfTwo) {
    Duration behind =
        catchUp.behind(
            Map.of(ONE, one, TWO, two),
            Map.of(ONE, endOfOne, TWO, endOfTwo),
            START.plusSeconds(second));
    return behind.toSeconds();
  }

  @Test
  void aGroupThatFollowsIsNotBehindHoweverManyRecordsItLags() {
    assertEquals(0, behind(0, 0, 0, 1000, 1000));
    assertEquals(0, behind(10, 1000, 1000, 2000, 2000));
    assertEquals(0, behind(20, 2000, 2000, 3000, 3000));
    assertEquals(0, behind(30, 3000, 3000, 3000, 3000));
  }

  @Test
  void onePartitionThatStandsStillMakesItsGroupLate() {
    assertEquals(0, behind(0, 10, 5, 10, 6));
    assertEquals(10, behind(10, 20, 5, 20, 6));
    assertEquals(50, behind(50, 60, 5, 60, 6));
    assertEquals(0, behind(51, 60, 6, 60, 6));
  }

  @Test
  void itIsAsLateAsTheOldestEndThatItHasNotReached() {
    assertEquals(0, behind(0, 0, 0, 10, 0));
    assertEquals(10, behind(10, 0, 0, 20, 0));
    assertEquals(20, behind(20, 0, 0, 30, 0));
    assertEquals(15, behind(25, 10, 0, 30, 0));
  }

  @Test
  void aGroupThatStandsStillForLongIsLateEvenThoughOnlySomeEndsAreKept() {
    for (int second = 0; second < 1000; second++) {
      assertEquals(second, behind(second, 0, 0, 1000 + second, 0));
    }
  }
}
