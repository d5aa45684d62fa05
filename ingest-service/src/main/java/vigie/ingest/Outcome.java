// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

/** What became of one record of a request. */
sealed interface Outcome {

  /** An event as Kafka will hold it; its bytes are handed on, never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record Accepted(String studentId, byte[] value) implements Outcome {}

  /** A record that breaks a rule; {@code id} is what the sender called it, null when nothing. */
  record Rejected(int index, String id, RecordFault fault, String detail) implements Outcome {}
}
