// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;

/**
 * Reads RFC 3339 instants as microseconds since 1970; what is finer is cut off. The library reads
 * any of them and makes ten objects for it. The instants of an exam share their day: where one in
 * UTC begins with the day that the library read last, only its time of day is read, and whatever is
 * odd about that is left to the library.
 */
final class InstantReader {

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final int DATE = "2026-06-15T".length();
  private static final int TIME = "09:30:00".length();
  private static final int MOST_DECIMALS = 9;
  private static final int MICROS = 6;
  private static final long ODD = -1;

  private final char[] day = new char[DATE];
  private long startOfDay;

  long read(char[] text, int start, int length) throws DateTimeException {
    if (length > DATE + TIME && Arrays.equals(text, start, start + DATE, day, 0, DATE)) {
      long time = timeOfDay(text, start + DATE, start + length - 1);
      if (time != ODD) {
        return startOfDay + time;
      }
    }
    OffsetDateTime time = ITU.parseDateTime(new String(text, start, length));
    if (text[start + DATE - 1] == 'T') {
      System.arraycopy(text, start, day, 0, DATE);
      startOfDay = time.toLocalDate().toEpochDay() * DAY;
    }
    return time.toEpochSecond() * SECOND + time.getNano() / 1_000;
  }

  /** Of {@code HH:mm:ss}, maybe with decimals, from {@code at} up to a Z at {@code end}. */
  private static long timeOfDay(char[] text, int at, int end) {
    int hour = twoDigits(text, at);
    int minute = twoDigits(text, at + 3);
    int second = twoDigits(text, at + 6);
    boolean shaped = text[at + 2] == ':' && text[at + 5] == ':' && text[end] == 'Z';
    if (!shaped || (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
      return ODD;
    }
    long decimals = at + TIME == end ? 0 : decimals(text, at + TIME, end);
    return decimals == ODD ? ODD : ((hour * 60L + minute) * 60 + second) * SECOND + decimals;
  }

  /** Of a point and one to nine digits, in millionths. */
  private static long decimals(char[] text, int point, int end) {
    int count = end - point - 1;
    if (text[point] != '.' || count < 1 || count > MOST_DECIMALS) {
      return ODD;
    }
    long millionths = 0;
    for (int i = 1; i <= Math.max(count, MICROS); i++) {
      int digit = i > count ? 0 : text[point + i] - '0';
      if (digit < 0 || digit > 9) {
        return ODD;
      }
      millionths = i > MICROS ? millionths : millionths * 10 + digit;
    }
    return millionths;
  }

  private static int twoDigits(char[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
