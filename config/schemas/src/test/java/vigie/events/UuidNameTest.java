// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidNameTest {

  private static final UUID SPACE = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  private static final UUID ID = UUID.fromString("5810d60e-a729-41b9-a8c1-47437abec539");

  @Test
  void anIdIsTheHashOfItsNamespaceAndParts() throws Exception {
    ByteBuffer name = ByteBuffer.allocate(16 + 4 + 1 + 4 + 16 + 4 + 8 + 4 + 8);
    name.putLong(SPACE.getMostSignificantBits()).putLong(SPACE.getLeastSignificantBits());
    name.putInt(1).put((byte) 'a');
    name.putInt(16).putLong(ID.getMostSignificantBits()).putLong(ID.getLeastSignificantBits());
    name.putInt(8).putLong(-7);
    name.putInt(8).putDouble(44.5);
    ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(name.array()));
    UUID expected =
        new UUID(
            (hash.getLong() & ~0xF000L) | 0x5000L,
            (hash.getLong() & (Long.MAX_VALUE >>> 1)) | Long.MIN_VALUE);

    assertEquals(expected, name().part(text("a")).part(ID).part(-7L).part(44.5).toUuid());
    assertEquals(5, expected.version());
    assertEquals(2, expected.variant());
  }

  @Test
  void otherPartsMakeAnotherName() {
    UUID id = name().part(text("ab")).part(text("c")).toUuid();
    assertNotEquals(id, name().part(text("a")).part(text("bc")).toUuid());
    assertNotEquals(id, name().part(text("abc")).toUuid());
    assertNotEquals(id, name().part(text("ab")).part(text("c")).part(text("")).toUuid());
  }

  @Test
  void thereIsOneZero() {
    assertEquals(name().part(0.0).toUuid(), name().part(-0.0).toUuid());
    assertNotEquals(name().part(0.0).toUuid(), name().part(Double.MIN_VALUE).toUuid());
  }

  /** Also after one that took more memory than there was. */
  @Test
  void oneNameAfterAnotherIsBuiltInTheSameMemory() {
    EventId ids = new EventId();
    UUID first = ids.given(text("s-1"), ID);
    UUID second = ids.given(text("s".repeat(5_000)), ID);
    assertEquals(first, ids.given(text("s-1"), ID));
    assertEquals(second, EventId.of("s".repeat(5_000), ID));
    assertNotEquals(first, second);
  }

  private static UuidName name() {
    return new UuidName(SPACE);
  }

  private static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }
}
