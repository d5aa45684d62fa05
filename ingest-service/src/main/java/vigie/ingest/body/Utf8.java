// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Looks at bytes before the JSON parser does, which takes overlong forms for what they stand for.
 * Many bytes are looked at together, since nearly all are ASCII.
 */
final class Utf8 {

  static final int NOWHERE = -1;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FOUR = 4 * Long.BYTES;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = '\n' * ONES;

  private Utf8() {}

  /** Without the byte order mark that some programs begin their files with. */
  static byte[] withoutByteOrderMark(byte[] text) {
    boolean marked =
        text.length >= 3
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(text, 3, text.length) : text;
  }

  /**
   * Where the line that {@code from} is in ends: at its line feed, or the end of the text. Its
   * complement when the line may have more than ASCII.
   */
  static int endOfLine(byte[] text, int from) {
    long seen = 0;
    int at = from;
    for (; at <= text.length - FOUR; at += FOUR) {
      long first = (long) EIGHT.get(text, at);
      long second = (long) EIGHT.get(text, at + 8);
      long third = (long) EIGHT.get(text, at + 16);
      long fourth = (long) EIGHT.get(text, at + 24);
      if ((lineFeeds(first) | lineFeeds(second) | lineFeeds(third) | lineFeeds(fourth)) != 0) {
        break;
      }
      seen |= first | second | third | fourth;
    }
    for (; at <= text.length - Long.BYTES; at += Long.BYTES) {
      long eight = (long) EIGHT.get(text, at);
      seen |= eight;
      long found = lineFeeds(eight);
      if (found != 0) {
        return end(at + Long.numberOfTrailingZeros(found) / Byte.SIZE, seen);
      }
    }
    while (at < text.length && text[at] != '\n') {
      seen |= text[at++];
    }
    return end(at, seen);
  }

  /** The lowest bit set is the high one of the first byte that is a line feed. */
  private static long lineFeeds(long eight) {
    long others = eight ^ LINE_FEEDS;
    return (others - ONES) & ~others & HIGH_BITS;
  }

  private static int end(int at, long seen) {
    return (seen & HIGH_BITS) == 0 ? at : ~at;
  }

  /** The first byte between that is not of well-formed UTF-8 (Unicode, table 3-7), or NOWHERE. */
  static int fault(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      if (at <= to - FOUR && isAscii(text, at)) {
        at += FOUR;
      } else if (text[at] >= 0) {
        at++;
      } else {
        int length = lengthOfCharacter(text, at, to);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return NOWHERE;
  }

  private static boolean isAscii(byte[] text, int at) {
    long seen =
        (long) EIGHT.get(text, at)
            | (long) EIGHT.get(text, at + 8)
            | (long) EIGHT.get(text, at + 16)
            | (long) EIGHT.get(text, at + 24);
    return (seen & HIGH_BITS) == 0;
  }

  /** Of the character that begins here and is not ASCII; 0 when none does. */
  private static int lengthOfCharacter(byte[] text, int at, int to) {
    int first = text[at] & 0xff;
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    int second = text[at + 1] & 0xff;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
