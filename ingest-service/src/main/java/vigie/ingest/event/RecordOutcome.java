// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import java.util.UUID;

/** What became of one record of a request. */
public sealed interface RecordOutcome {

  /**
   * An event as Kafka will hold it: its student's id in UTF-8, and the event encoded. The bytes are
   * handed on, never compared.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Accepted(byte[] key, byte[] value) implements RecordOutcome {

    /** Under which it is stored. */
    public UUID id() {
      return AvroEventWriter.id(value);
    }
  }

  /** A record that breaks a rule; {@code id} is what the sender called it, null when nothing. */
  record Rejected(int index, String id, RecordError fault, String detail)
      implements RecordOutcome {}
}
