// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aRepeatedFailureChangesNothing() {
    byte[] first = failureOf("a");
    byte[] failures = Failures.add(failureOf("b"), Failures.add(first, Failures.none()));

    assertSame(failures, Failures.add(first, failures));
  }

  @Test
  void theSameStudentFailsTwiceButIsOneStudent() {
    byte[] failures = Failures.none();
    for (String student : new String[] {"a", "b", "a"}) {
      failures = Failures.add(failureOf(student), failures);
    }

    assertEquals(new Tally(3, 2), all(failures));
  }

  @Test
  void aFailureInTwoStretchesIsOneFailure() {
    byte[] both = failureOf("a");
    byte[] one = Failures.add(both, Failures.none());
    byte[] two = Failures.add(failureOf("b"), one);

    assertEquals(new Tally(2, 2), all(one, two));
    assertEquals(new Tally(0, 0), all());
  }

  @Test
  void countingEndsBeforeARecordGetsTooLarge() {
    byte[] failures = Failures.none();
    for (int i = 0; i <= Failures.MOST; i++) {
      failures = Failures.add(failureOf("s-" + i), failures);
    }

    assertEquals(Failures.MOST, all(failures).failures());
    assertEquals(163_840, failures.length);
  }

  @Test
  void onlyFailuresOfTheTimeCount() {
    byte[] failures =
        Failures.add(
            Failures.of(Alerts.of("c-pointers", "b", Instant.ofEpochMilli(999))),
            Failures.add(failureOf("a"), Failures.none()));

    assertEquals(new Tally(2, 2), Tally.of(List.of(failures), 0, 1000));
    assertEquals(new Tally(1, 1), Tally.of(List.of(failures), 0, 999));
    assertEquals(new Tally(1, 1), Tally.of(List.of(failures), 1, 1000));
  }

  private static Tally all(byte[]... stretches) {
    return Tally.of(List.of(stretches), 0, 1);
  }

  private static byte[] failureOf(String student) {
    return Failures.of(Alerts.of("c-pointers", student, Instant.EPOCH));
  }
}
