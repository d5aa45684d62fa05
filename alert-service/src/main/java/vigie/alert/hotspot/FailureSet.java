// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import vigie.events.Alert;

/**
 * The distinct failures of one place, as the store keeps them: 32 bytes each, the alert's id, a
 * hash of the student's and when it occurred.
 *
 * <p>To add a failure that is there changes nothing. So it does no harm when Kafka Streams, at
 * least once, reads alerts again after a crash, and the same alerts always give the same counts.
 * One value holds both the failures and what tells a repeated one: no crash can part them.
 */
final class FailureSet {

  /** Counting ends here, so that a value stays well below Kafka's limit for a record. */
  static final int MOST = 8192;

  private static final int ID = 16;
  private static final int OCCURRED = 24;
  private static final int SIZE = 32;
  private static final byte[] NONE = {};

  private FailureSet() {}

  /** Takes one failure. */
  @FunctionalInterface
  interface Visitor {
    void visit(long student, long occurred);
  }

  static byte[] none() {
    return NONE;
  }

  /** The failure that {@code alert} tells of, which occurred at {@code occurred} milliseconds. */
  static byte[] of(Alert alert, long occurred) {
    UUID student = UUID.nameUUIDFromBytes(alert.getStudentId().getBytes(UTF_8));
    return ByteBuffer.allocate(SIZE)
        .putLong(alert.getId().getMostSignificantBits())
        .putLong(alert.getId().getLeastSignificantBits())
        .putLong(student.getMostSignificantBits())
        .putLong(occurred)
        .array();
  }

  /**
   * {@code failures} with {@code failure}; the same array when it is there already, or there are
   * too many.
   */
  static byte[] add(byte[] failure, byte[] failures) {
    if (count(failures) >= MOST || holds(failures, failure)) {
      return failures;
    }
    byte[] more = Arrays.copyOf(failures, failures.length + SIZE);
    System.arraycopy(failure, 0, more, failures.length, SIZE);
    return more;
  }

  /** Without those that occurred until {@code over}; the same array when there are none. */
  static byte[] after(long over, byte[] failures) {
    if (count(failures) == 0 || span(failures).first() > over) {
      return failures;
    }
    ByteBuffer all = ByteBuffer.wrap(failures);
    byte[] left = new byte[failures.length];
    int end = 0;
    for (int at = 0; at < failures.length; at += SIZE) {
      if (all.getLong(at + OCCURRED) > over) {
        System.arraycopy(failures, at, left, end, SIZE);
        end += SIZE;
      }
    }
    return Arrays.copyOf(left, end);
  }

  static int count(byte[] failures) {
    return failures.length / SIZE;
  }

  /** From the first that occurred to the last; of one at least. */
  static TimeRange span(byte[] failures) {
    ByteBuffer all = ByteBuffer.wrap(failures);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int at = OCCURRED; at < failures.length; at += SIZE) {
      first = Math.min(first, all.getLong(at));
      last = Math.max(last, all.getLong(at));
    }
    return new TimeRange(first, last);
  }

  static void forEach(byte[] failures, Visitor visitor) {
    ByteBuffer all = ByteBuffer.wrap(failures);
    for (int at = 0; at < failures.length; at += SIZE) {
      visitor.visit(all.getLong(at + ID), all.getLong(at + OCCURRED));
    }
  }

  private static boolean holds(byte[] failures, byte[] failure) {
    for (int at = 0; at < failures.length; at += SIZE) {
      if (Arrays.equals(failures, at, at + ID, failure, 0, ID)) {
        return true;
      }
    }
    return false;
  }
}
