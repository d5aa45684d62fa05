// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.StringArgGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The id of an event that came without one: a UUIDv5 of what the event is about, so that a repeated
 * request names the same event. The name is the timestamp as whole microseconds since 1970 and the
 * given parts, joined by line feeds; no part can contain one.
 */
final class DerivedId {

  static final UUID NAMESPACE = UUID.fromString("6c5c8b0e-8f7d-5b0a-9d8e-2f4b7c1a3e50");

  private final StringArgGenerator generator = Generators.nameBasedGenerator(NAMESPACE);

  UUID of(Instant timestamp, String... parts) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, timestamp);
    return generator.generate(micros + "\n" + String.join("\n", parts));
  }
}
