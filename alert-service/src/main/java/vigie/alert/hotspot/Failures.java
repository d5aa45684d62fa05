// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import vigie.events.Alert;

/**
 * The distinct failures of one place and stretch of time, as the store keeps them: 40 bytes each,
 * the alert's id, a hash of the student's and when it occurred.
 *
 * <p>To add a failure that is there changes nothing. So it does no harm when Kafka Streams, at
 * least once, reads alerts again after a crash, and the same alerts always give the same counts.
 * One value holds both the failures and what tells a repeated one: no crash can part them.
 */
final class Failures {

  /** Counting ends here, so that a value stays well below Kafka's limit for a record. */
  static final int MOST = 4096;

  private static final int ID = 16;
  private static final int SIZE = 40;
  private static final byte[] NONE = {};

  private Failures() {}

  /** Takes one failure. */
  @FunctionalInterface
  interface Visitor {
    void visit(UUID alert, UUID student, long occurred);
  }

  static byte[] none() {
    return NONE;
  }

  static byte[] of(Alert alert) {
    UUID student = UUID.nameUUIDFromBytes(alert.getStudentId().getBytes(UTF_8));
    return ByteBuffer.allocate(SIZE)
        .putLong(alert.getId().getMostSignificantBits())
        .putLong(alert.getId().getLeastSignificantBits())
        .putLong(student.getMostSignificantBits())
        .putLong(student.getLeastSignificantBits())
        .putLong(OccurredAt.millis(alert))
        .array();
  }

  static byte[] add(byte[] failure, byte[] failures) {
    if (count(failures) == MOST || holds(failures, failure)) {
      return failures;
    }
    byte[] more = Arrays.copyOf(failures, failures.length + SIZE);
    System.arraycopy(failure, 0, more, failures.length, SIZE);
    return more;
  }

  static int count(byte[] failures) {
    return failures.length / SIZE;
  }

  static void forEach(byte[] failures, Visitor visitor) {
    ByteBuffer bytes = ByteBuffer.wrap(failures);
    while (bytes.hasRemaining()) {
      UUID alert = new UUID(bytes.getLong(), bytes.getLong());
      visitor.visit(alert, new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong());
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
