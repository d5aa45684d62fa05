// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.ethlo.time.ITU;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339ParserTest {

  private static final String SAME_DAY = "2026-06-15T12:00:00Z";

  private final Rfc3339Parser reader = new Rfc3339Parser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06-15T00:00:00Z",
        "2026-06-15T23:59:59.999999999Z",
        "2026-06-15T07:08:09.1Z",
        "2026-06-15T07:08:09.123456Z",
        "2026-06-15T07:08:09.1234567Z",
        "2026-06-15T07:08:09+02:00",
        "2026-06-15T00:30:00.5+02:00",
        "2026-06-15T07:08:09z",
        "2026-06-16T07:08:09Z",
        "2024-02-29T07:08:09.25Z"
      })
  void anInstantIsTheSameAfterOneOfItsDay(String text) {
    long expected = byLibrary(text);
    assertEquals(expected, read(text));
    read(SAME_DAY);
    assertEquals(expected, read(text));
  }

  /** RFC 3339 has no bound on decimals, and no bound on what a clock of a laptop prints. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06-15T07:08:09.1234567890Z",
        "2026-06-15T09:08:09.123456789012345678901234567890+02:00"
      })
  void whatIsFinerThanANanosecondIsCutOff(String text) {
    long expected = byLibrary("2026-06-15T07:08:09.123456Z");
    assertEquals(expected, read(text));
    read(SAME_DAY);
    assertEquals(expected, read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2016-12-31T23:59:60Z", "2017-01-01T01:59:60+02:00", "2035-06-30T23:59:60Z"})
  void aLeapSecondIsTheSecondAfterIt(String text) {
    String after = text.startsWith("2035") ? "2035-07-01T00:00:00Z" : "2017-01-01T00:00:00Z";
    assertEquals(byLibrary(after), read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06-15T24:00:00Z",
        "2026-06-15T07:60:00Z",
        "2026-06-15T07:08:60Z",
        "2026-06-15T07:08:09.Z",
        "2026-06-15T07:08:09.12x4Z",
        "2026-06-15T07:08:09Z+05:00",
        "2026-06-15T07:08:09ZZ",
        "2026-06-15T07:08:09+02:00Z",
        "2026-06-15T07:08:09.5Z ",
        "2026-06-15T07:08:09,5Z",
        "2026-06-15T07.08:09Z",
        "2026-06-15T07:08:09",
        "2026-06-15T-1:08:09Z",
        "2026-06-15T",
        "2026-06-15TZ"
      })
  void whatIsNoInstantIsNoneAfterOneOfItsDay(String text) {
    assertThrows(DateTimeException.class, () -> read(text));
    read(SAME_DAY);
    assertThrows(DateTimeException.class, () -> read(text));
  }

  @Test
  void changedTextsAreReadAsTheLibraryReadsThem() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder("2026-06-15T07:08:09.123Z");
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        text.setCharAt(
            random.nextInt(text.length()), "0123456789:.-+TZz ".charAt(random.nextInt(18)));
      }
      read(SAME_DAY);
      assertEquals(
          instant(Rfc3339ParserTest::byLibrary, text.toString()),
          instant(this::read, text.toString()),
          text + ", seed " + seed);
    }
  }

  private static Optional<Long> instant(ToLongFunction<String> reading, String text) {
    try {
      return Optional.of(reading.applyAsLong(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long byLibrary(String text) {
    ParsePosition position = new ParsePosition(0);
    OffsetDateTime time = ITU.parseDateTime(text, position);
    if (position.getIndex() != text.length()) {
      throw new DateTimeException("followed by something");
    }
    return time.toEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  private long read(String text) {
    char[] chars = ("??" + text + "??").toCharArray();
    return reader.read(chars, 2, text.length());
  }
}
