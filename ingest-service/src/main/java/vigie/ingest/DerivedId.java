// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.StringArgGenerator;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The id of an event that came without one: a UUIDv5 of what the event is about, so that a repeated
 * request names the same event. The name is the timestamp as microseconds since 1970 in eight
 * bytes, the highest first, and then a line feed and a part in UTF-8 for each given part, none of
 * which can contain one. Each thread has its own, or all would wait for one digest.
 */
final class DerivedId {

  static final UUID NAMESPACE = UUID.fromString("6c5c8b0e-8f7d-5b0a-9d8e-2f4b7c1a3e50");

  private final StringArgGenerator generator = Generators.nameBasedGenerator(NAMESPACE);

  UUID of(long timestamp, byte[]... parts) {
    int length = Long.BYTES;
    for (byte[] part : parts) {
      length += 1 + part.length;
    }
    ByteBuffer name = ByteBuffer.allocate(length).putLong(timestamp);
    for (byte[] part : parts) {
      name.put((byte) '\n').put(part);
    }
    return generator.generate(name.array());
  }
}
