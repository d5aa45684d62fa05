// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Reads RFC 3339 instants as microseconds since 1970; what is finer is cut off. The library reads
 * any of them and makes ten objects for it. The instants of an exam share their day: where one in
 * UTC begins with the day that the library read last, only its time of day is read, and whatever is
 * odd about that is left to the library.
 */
final class Rfc3339Parser {

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final int DATE = "2026-06-15T".length();
  private static final int TIME = "09:30:00".length();
  private static final int SECONDS = "2026-06-15T09:30:".length();
  private static final String LEAP_SECOND = "60";
  private static final int OFFSET = "+02:00".length();
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
    OffsetDateTime time = byLibrary(shaped(text, start, length));
    if (text[start + DATE - 1] == 'T') {
      System.arraycopy(text, start, day, 0, DATE);
      startOfDay = time.toLocalDate().toEpochDay() * DAY;
    }
    return time.toEpochSecond() * SECOND + time.getNano() / 1_000;
  }

  /**
   * A leap second is the second after it: instants count none. It may be at the end of any month in
   * UTC, since those to come are not known.
   */
  private static OffsetDateTime byLibrary(String text) {
    if (!text.startsWith(LEAP_SECOND, SECONDS)) {
      return ITU.parseDateTime(text);
    }
    String before = text.substring(0, SECONDS) + "59" + text.substring(SECONDS + 2);
    OffsetDateTime after = ITU.parseDateTime(before).plusSeconds(1);
    OffsetDateTime utc = after.withOffsetSameInstant(ZoneOffset.UTC);
    if (utc.getDayOfMonth() != 1 || utc.toLocalTime().toSecondOfDay() != 0) {
      throw new DateTimeException("no leap second");
    }
    return after;
  }

  /**
   * The text for the library, which takes no more than nine decimals, and does not look at what
   * follows the zone.
   */
  private static String shaped(char[] text, int start, int length) {
    int end = start + length;
    int zone = start + DATE + TIME;
    boolean decimals = zone < end && text[zone] == '.';
    int digits = decimals ? zone + 1 : zone;
    for (zone = digits; zone < end && text[zone] >= '0' && text[zone] <= '9'; zone++) {}
    boolean zulu = end - zone == 1 && (text[zone] == 'Z' || text[zone] == 'z');
    boolean offset = end - zone == OFFSET && (text[zone] == '+' || text[zone] == '-');
    if ((decimals && digits == zone) || !(zulu || offset)) {
      throw new DateTimeException("not an RFC 3339 date and time");
    }
    int kept = Math.min(zone, digits + MOST_DECIMALS);
    return new String(text, start, kept - start) + new String(text, zone, end - zone);
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
