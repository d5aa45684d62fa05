// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;

class DerivedIdTest {

  private static final long AT = 1781506800302000L;

  private final DerivedId derived = new DerivedId();

  @Test
  void anIdFollowsItsDocumentedDefinition() throws Exception {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    UUID space = DerivedId.NAMESPACE;
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(space.getMostSignificantBits())
            .putLong(space.getLeastSignificantBits())
            .array());
    sha1.update(ByteBuffer.allocate(8).putLong(1781506800302000L).array());
    sha1.update("\ng02-0041\nc-pointers".getBytes(UTF_8));
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
    UUID expected =
        new UUID(
            (hash.getLong() & ~0xF000L) | 0x5000L,
            (hash.getLong() & (Long.MAX_VALUE >>> 1)) | Long.MIN_VALUE);

    assertEquals(expected, derived.of(AT, utf8("g02-0041"), utf8("c-pointers")));
  }

  @Test
  void otherEventsHaveOtherIds() {
    UUID id = derived.of(AT, utf8("ab"), utf8("c"));
    assertNotEquals(id, derived.of(AT, utf8("a"), utf8("bc")));
    assertNotEquals(id, derived.of(AT + 1, utf8("ab"), utf8("c")));
  }

  @Test
  void aResendOfAnEventWithoutIdNamesTheSameEvent() throws Exception {
    String utc = "\"timestamp\":\"2026-06-15T07:00:00.302Z\"";
    String paris = "\"timestamp\":\"2026-06-15T09:00:00.302+02:00\"";
    String event =
        "{%s,\"studentId\":\"s\",\"latitude\":1,\"longitude\":2,\"exerciseId\":\"e\",\"score\":3}";
    assertEquals(idOf(event.formatted(utc)), idOf(event.formatted(paris)));
  }

  private static UUID idOf(String event) throws Exception {
    Batch batch = Batches.json(new ResultReader(), event);
    return EventCodec.of(ExerciseResult.class).decode(batch.accepted().get(0).value()).getId();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
