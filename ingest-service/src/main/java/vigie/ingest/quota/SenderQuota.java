// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import vigie.ingest.memory.MemoryBudget;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/**
 * What one client, or one student, has left: bytes and records to send, and memory to hold at the
 * same time.
 */
public record SenderQuota(TokenBucket bytes, TokenBucket records, MemoryBudget inFlight) {

  /** Of a sender without limits. */
  static final SenderQuota UNLIMITED =
      new SenderQuota(
          RateLimit.NONE.bucket(), RateLimit.NONE.bucket(), new MemoryBudget(Long.MAX_VALUE));

  /** Refuses a request when nothing is left that it could use. */
  void admit() throws RequestException {
    if (bytes.isEmpty()) {
      throw bytes.refusal(RequestError.RATE_EXCEEDED);
    }
    if (records.isEmpty()) {
      throw records.refusal(RequestError.RECORD_RATE_EXCEEDED);
    }
  }

  void payBytes(long amount) throws RequestException {
    if (!bytes.take(amount)) {
      throw bytes.refusal(RequestError.RATE_EXCEEDED);
    }
  }

  void payRecords(long amount) throws RequestException {
    if (!records.take(amount)) {
      throw records.refusal(RequestError.RECORD_RATE_EXCEEDED);
    }
  }
}
