// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import java.util.Arrays;
import java.util.UUID;

/**
 * Reads UUIDs where the parser has them: most events bring one, and to make a text of each costs as
 * much as to read it. Thirty-six characters are read or nothing; {@code UUID.fromString} would take
 * signs, and groups of other lengths.
 */
final class UuidParser {

  private static final int LENGTH = 36;
  private static final int BITS = 4;

  /** The value of each character, negative for those that are no hexadecimal digit. */
  private static final byte[] DIGITS = new byte['f' + 1];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    for (int value = 0; value < 16; value++) {
      DIGITS[Character.forDigit(value, 16)] = (byte) value;
      DIGITS[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
    }
  }

  private UuidParser() {}

  /** The UUID that the text is; null for any other text. */
  static UUID read(char[] chars, int start, int length) {
    if (length != LENGTH
        || chars[start + 8] != '-'
        || chars[start + 13] != '-'
        || chars[start + 18] != '-'
        || chars[start + 23] != '-') {
      return null;
    }
    long first = digits(chars, start, start + 8);
    long second = digits(chars, start + 9, start + 13);
    long third = digits(chars, start + 14, start + 18);
    long fourth = digits(chars, start + 19, start + 23);
    long high = digits(chars, start + 24, start + 30);
    long low = digits(chars, start + 30, start + 36);
    return (first | second | third | fourth | high | low) < 0
        ? null
        : new UUID(first << 32 | second << 16 | third, fourth << 48 | high << 24 | low);
  }

  /** Negative when one of them is no digit. */
  private static long digits(char[] chars, int from, int to) {
    long digits = 0;
    for (int i = from; i < to; i++) {
      char c = chars[i];
      digits = digits << BITS | (c < DIGITS.length ? DIGITS[c] : -1);
    }
    return digits;
  }
}
