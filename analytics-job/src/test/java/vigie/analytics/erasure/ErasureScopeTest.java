// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ErasureScopeTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-06-15");

  @Test
  void itIsOneStudentOrEverybodyBeforeADate() {
    assertEquals(new ErasureScope.Student("s-17"), ErasureScope.student("s-17"));
    assertEquals(new ErasureScope.DaysBefore(LocalDate.parse("2024-02-29")), before("2024-02-29"));
  }

  @Test
  void aDayBeginsAtMidnightInUtc() {
    assertEquals(
        Map.of("midnight", Instant.parse("2025-01-31T00:00:00Z")),
        before("2025-01-31").arguments());
  }

  @Test
  void whatCannotBeAStudentIsRefused() {
    assertEquals("STUDENT is blank", reason(() -> ErasureScope.student(" ")));
    assertEquals(
        "STUDENT cannot be read in this locale: set LC_ALL=C.UTF-8",
        reason(() -> ErasureScope.student("Zo\uFFFD\uFFFD")));
  }

  @Test
  void whatIsNoDateIsRefused() {
    assertEquals("--before : a date is YYYY-MM-DD", refused(""));
    assertEquals("--before 31.1.2025: a date is YYYY-MM-DD", refused("31.1.2025"));
    assertEquals("--before -400: a date is YYYY-MM-DD", refused("-400"));
    assertEquals("--before 2025-02-29: there is no such day", refused("2025-02-29"));
  }

  @Test
  void todayIsTheLastDateAndTheFutureIsRefused() {
    assertEquals(new ErasureScope.DaysBefore(TODAY), before("2026-06-15"));
    assertEquals(
        "--before 2026-06-16: that is in the future, today is 2026-06-15 (UTC)",
        refused("2026-06-16"));
  }

  private static ErasureScope before(String date) {
    return ErasureScope.before(date, TODAY);
  }

  private static String refused(String date) {
    return reason(() -> before(date));
  }

  private static String reason(Executable refused) {
    return assertThrows(IllegalArgumentException.class, refused).getMessage();
  }
}
