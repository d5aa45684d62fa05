// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Derives an alert's id from its event's, so that a repeated alert is recognisable. */
final class AlertId {

  private static final UUID NAMESPACE = UUID.fromString("6f1b5d0e-5b0c-5c7e-9d55-3e1f1a2b8c41");

  private AlertId() {}

  /** The UUID of version 5 of the event's id, as text, in the namespace of alerts. */
  static UUID of(UUID eventId) {
    MessageDigest sha1 = sha1();
    sha1.update(bytes(NAMESPACE));
    ByteBuffer hash =
        ByteBuffer.wrap(sha1.digest(eventId.toString().getBytes(StandardCharsets.US_ASCII)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
