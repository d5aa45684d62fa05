// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import vigie.ingest.memory.InFlightBudget;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;

/**
 * What one client, or one student, has left: bytes and records to send, and memory to hold at the
 * same time.
 */
public record Account(Bucket bytes, Bucket records, InFlightBudget inFlight) {

  /** Of a sender without limits. */
  static final Account UNLIMITED =
      new Account(
          RateLimit.NONE.bucket(), RateLimit.NONE.bucket(), new InFlightBudget(Long.MAX_VALUE));

  /** Refuses a request when nothing is left that it could use. */
  void admit() throws RefusedException {
    if (bytes.isEmpty()) {
      throw bytes.refusal(Refusal.RATE_EXCEEDED);
    }
    if (records.isEmpty()) {
      throw records.refusal(Refusal.RECORD_RATE_EXCEEDED);
    }
  }

  void payBytes(long amount) throws RefusedException {
    if (!bytes.take(amount)) {
      throw bytes.refusal(Refusal.RATE_EXCEEDED);
    }
  }

  void payRecords(long amount) throws RefusedException {
    if (!records.take(amount)) {
      throw records.refusal(Refusal.RECORD_RATE_EXCEEDED);
    }
  }
}
