// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhomTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-06-15");

  @Test
  void itIsOneStudentOrEverybodyBeforeADate() {
    assertEquals(new Whom.Student("s-17"), whom("s-17"));
    assertEquals(
        new Whom.EverybodyBefore(LocalDate.parse("2024-02-29")), whom("--before", "2024-02-29"));
  }

  @Test
  void aDayBeginsAtMidnightInUtc() {
    assertEquals(
        Map.of("midnight", Instant.parse("2025-01-31T00:00:00Z")),
        whom("--before", "2025-01-31").arguments());
  }

  @Test
  void whatIsNeitherOrBothIsRefused() {
    String reason = "forget takes either STUDENT or --before YYYY-MM-DD, not ";
    assertEquals(reason + "[]", refused());
    assertEquals(reason + "[ ]", refused(" "));
    assertEquals(reason + "[--before]", refused("--before"));
    assertEquals(reason + "[--after, 2025-01-31]", refused("--after", "2025-01-31"));
    assertEquals(reason + "[s-17, s-18]", refused("s-17", "s-18"));
    assertEquals(
        reason + "[s-17, --before, 2025-01-31]", refused("s-17", "--before", "2025-01-31"));
    assertEquals(
        reason + "[--before, 2025-01-31, s-17]", refused("--before", "2025-01-31", "s-17"));
  }

  @Test
  void whatIsNoDateIsRefused() {
    assertEquals("--before : a date is YYYY-MM-DD", refused("--before", ""));
    assertEquals("--before 31.1.2025: a date is YYYY-MM-DD", refused("--before", "31.1.2025"));
    assertEquals("--before -400: a date is YYYY-MM-DD", refused("--before", "-400"));
    assertEquals("--before 2025-02-29: there is no such day", refused("--before", "2025-02-29"));
  }

  @Test
  void todayIsTheLastDateAndTheFutureIsRefused() {
    assertEquals(new Whom.EverybodyBefore(TODAY), whom("--before", "2026-06-15"));
    assertEquals(
        "--before 2026-06-16: that is in the future, today is 2026-06-15 (UTC)",
        refused("--before", "2026-06-16"));
  }

  private static Whom whom(String... arguments) {
    return Whom.of(List.of(arguments), TODAY);
  }

  private static String refused(String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> whom(arguments)).getMessage();
  }
}
