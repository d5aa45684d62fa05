// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import vigie.events.Alert;

/**
 * The distinct failures of one place and step, as the store keeps them: 32 bytes each, the alert's
 * id and a hash of the student's.
 *
 * <p>To add a failure that is there changes nothing. So it does no harm when Kafka Streams, at
 * least once, reads alerts again after a crash, and the same alerts always give the same counts.
 * One value holds both the failures and what tells a repeated one: no crash can part them.
 */
final class Failures {

  /** Counting ends here, so that a value stays well below Kafka's limit for a record. */
  static final int MOST = 4096;

  private static final int SIZE = 32;
  private static final byte[] NONE = {};

  private Failures() {}

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
        .array();
  }

  static byte[] add(byte[] failure, byte[] failures) {
    if (failures.length == MOST * SIZE || holds(failures, failure)) {
      return failures;
    }
    byte[] more = Arrays.copyOf(failures, failures.length + SIZE);
    System.arraycopy(failure, 0, more, failures.length, SIZE);
    return more;
  }

  private static boolean holds(byte[] failures, byte[] failure) {
    for (int at = 0; at < failures.length; at += SIZE) {
      if (Arrays.equals(failures, at, at + SIZE, failure, 0, SIZE)) {
        return true;
      }
    }
    return false;
  }
}
