// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureSetTest {

  @Test
  void aRepeatedFailureChangesNothing() {
    byte[] first = failureOf("a", 0);
    byte[] failures = all(first, failureOf("b", 0));

    assertSame(failures, FailureSet.add(first, failures));
  }

  @Test
  void theSameStudentFailsTwiceButIsOneStudent() {
    byte[] failures = all(failureOf("a", 0), failureOf("b", 0), failureOf("a", 0));

    assertEquals(new WindowCount(3, 2), WindowCount.of(failures, 0, 1));
    assertEquals(new WindowCount(0, 0), WindowCount.of(FailureSet.none(), 0, 1));
  }

  @Test
  void countingEndsBeforeARecordGetsTooLarge() {
    byte[] failures = FailureSet.none();
    for (int i = 0; i <= FailureSet.MOST; i++) {
      failures = FailureSet.add(failureOf("s-" + i, 0), failures);
    }

    assertEquals(FailureSet.MOST, WindowCount.of(failures, 0, 1).failures());
    assertEquals(262_144, failures.length);
    assertEquals(0, FailureSet.count(FailureSet.after(0, failures)));
  }

  @Test
  void onlyFailuresOfTheTimeCount() {
    byte[] failures = all(failureOf("a", 0), failureOf("b", 999));

    assertEquals(new WindowCount(2, 2), WindowCount.of(failures, 0, 1000));
    assertEquals(new WindowCount(1, 1), WindowCount.of(failures, 0, 999));
    assertEquals(new WindowCount(1, 1), WindowCount.of(failures, 1, 1000));
    assertEquals(new TimeRange(0, 999), FailureSet.span(failures));
  }

  @Test
  void whatIsOverMakesRoom() {
    byte[] failures = all(failureOf("a", 5), failureOf("b", 3), failureOf("c", 4));

    assertEquals(new TimeRange(4, 5), FailureSet.span(FailureSet.after(3, failures)));
    assertSame(failures, FailureSet.after(2, failures));
  }

  private static byte[] all(byte[]... failures) {
    byte[] all = FailureSet.none();
    for (byte[] failure : failures) {
      all = FailureSet.add(failure, all);
    }
    return all;
  }

  private static byte[] failureOf(String student, long millis) {
    return FailureSet.of(Alerts.of("c-pointers", student, Instant.ofEpochMilli(millis)), millis);
  }
}
