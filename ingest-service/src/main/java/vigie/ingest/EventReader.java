// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Reads, judges and encodes one kind of event. Safe for use by several threads. */
interface EventReader {

  /** The event; empty when {@code fields} noted a fault. */
  Optional<Outcome.Accepted> read(RecordFields fields, Instant receivedAt) throws IOException;
}
