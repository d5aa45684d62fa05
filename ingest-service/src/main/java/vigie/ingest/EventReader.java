// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads, judges and encodes one kind of event. It works in memory that it uses again for the next
 * event, so each thread has its own.
 */
interface EventReader {

  /** The most characters of an id of a student, an exercise or the like. */
  int MAX_KEY = 128;

  /**
   * The event; empty when {@code fields} noted a fault.
   *
   * @param receivedAt microseconds since 1970
   */
  Optional<Outcome.Accepted> read(RecordFields fields, long receivedAt) throws IOException;
}
