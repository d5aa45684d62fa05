// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** The text of a frame, where it was read: valid until the next read. */
final class Text {

  /** What the id of each student begins with. */
  static final String STUDENT = "g-";

  private static final int HEXADECIMAL = 16;
  private static final int DIGITS = 12;

  private final byte[] memory;
  private final int start;
  private final int end;

  Text(byte[] memory, int start, int end) {
    this.memory = memory;
    this.start = start;
    this.end = end;
  }

  /** The code that a frame which closes a connection begins with. */
  int code() {
    return ByteBuffer.wrap(memory).getShort(start);
  }

  boolean startsWith(String beginning) {
    return end - start >= beginning.length() && matches(start, beginning);
  }

  /** What stands behind {@code mark}, until the next quotation mark. */
  String after(String mark) {
    int from = indexAfter(mark);
    int to = from;
    while (memory[to] != '"') {
      to++;
    }
    return new String(memory, from, to - from, US_ASCII);
  }

  /** The number of an alert: its student's id ends with it. */
  int alert() {
    int from = indexAfter("\"studentId\":\"" + STUDENT);
    int number = 0;
    for (int i = from; i < from + DIGITS; i++) {
      number = number * HEXADECIMAL + Character.digit(memory[i], HEXADECIMAL);
    }
    return number;
  }

  private int indexAfter(String mark) {
    for (int i = start; i <= end - mark.length(); i++) {
      if (matches(i, mark)) {
        return i + mark.length();
      }
    }
    throw new IllegalStateException("No " + mark + " in " + this);
  }

  private boolean matches(int from, String wanted) {
    for (int i = 0; i < wanted.length(); i++) {
      if (memory[from + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return new String(memory, start, end - start, US_ASCII);
  }
}
