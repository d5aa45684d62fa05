// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
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

    assertEquals(3, Failures.count(failures));
    assertEquals(2, Failures.students(failures));
  }

  @Test
  void countingEndsBeforeARecordGetsTooLarge() {
    byte[] failures = Failures.none();
    for (int i = 0; i <= Failures.MOST; i++) {
      failures = Failures.add(failureOf("s-" + i), failures);
    }

    assertEquals(Failures.MOST, Failures.count(failures));
    assertEquals(131_072, failures.length);
  }

  private static byte[] failureOf(String student) {
    return Failures.of(Alerts.of("c-pointers", student, Instant.EPOCH));
  }
}
