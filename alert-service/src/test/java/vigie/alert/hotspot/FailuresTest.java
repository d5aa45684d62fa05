// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aRepeatedFailureChangesNothing() {
    byte[] first = failureOf("a", 0);
    byte[] failures = all(first, failureOf("b", 0));

    assertSame(failures, Failures.add(first, failures));
  }

  @Test
  void theSameStudentFailsTwiceButIsOneStudent() {
    byte[] failures = all(failureOf("a", 0), failureOf("b", 0), failureOf("a", 0));

    assertEquals(new Tally(3, 2), Tally.of(failures, 0, 1));
    assertEquals(new Tally(0, 0), Tally.of(Failures.none(), 0, 1));
  }

  @Test
  void countingEndsBeforeARecordGetsTooLarge() {
    byte[] failures = Failures.none();
    for (int i = 0; i <= Failures.MOST; i++) {
      failures = Failures.add(failureOf("s-" + i, 0), failures);
    }

    assertEquals(Failures.MOST, Tally.of(failures, 0, 1).failures());
    assertEquals(262_144, failures.length);
    assertEquals(0, Failures.count(Failures.after(0, failures)));
  }

  @Test
  void onlyFailuresOfTheTimeCount() {
    byte[] failures = all(failureOf("a", 0), failureOf("b", 999));

    assertEquals(new Tally(2, 2), Tally.of(failures, 0, 1000));
    assertEquals(new Tally(1, 1), Tally.of(failures, 0, 999));
    assertEquals(new Tally(1, 1), Tally.of(failures, 1, 1000));
    assertEquals(new Span(0, 999), Failures.span(failures));
  }

  @Test
  void whatIsOverMakesRoom() {
    byte[] failures = all(failureOf("a", 5), failureOf("b", 3), failureOf("c", 4));

    assertEquals(new Span(4, 5), Failures.span(Failures.after(3, failures)));
    assertSame(failures, Failures.after(2, failures));
  }

  private static byte[] all(byte[]... failures) {
    byte[] all = Failures.none();
    for (byte[] failure : failures) {
      all = Failures.add(failure, all);
    }
    return all;
  }

  private static byte[] failureOf(String student, long millis) {
    return Failures.of(Alerts.of("c-pointers", student, Instant.ofEpochMilli(millis)), millis);
  }
}
