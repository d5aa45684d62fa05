// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RejoinBackoffTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private long nanos = Long.MAX_VALUE;
  private final RejoinBackoff backoff = new RejoinBackoff(TIMEOUT, () -> this.nanos);

  /** Else the instances would take turns to leave for as long as none of them can append. */
  @Test
  void aMemberWhoseReturnDoesNotHelpStaysAwayLongerEachTime() {
    assertEquals(
        List.of(15L, 30L, 60L, 120L, 240L, 240L),
        IntStream.range(0, 6).mapToObj(time -> leaveAndReturn()).toList());
  }

  @Test
  void aMemberThatHasBeenBackForLongStaysAwayShortlyAgain() {
    leaveAndReturn();
    leaveAndReturn();
    nanos += Duration.ofMinutes(5).toNanos();
    assertEquals(15, leaveAndReturn());
    assertEquals(30, leaveAndReturn());
  }

  private long leaveAndReturn() {
    Duration stay = backoff.begin();
    nanos += stay.toNanos();
    backoff.end();
    nanos += TIMEOUT.toNanos();
    return stay.toSeconds();
  }
}
