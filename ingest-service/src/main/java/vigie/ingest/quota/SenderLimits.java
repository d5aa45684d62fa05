// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import java.util.function.LongSupplier;
import vigie.ingest.memory.MemoryBudget;
import vigie.ingest.model.IngestConfig;

/** The limits that each quota of one kind of sender has. */
record SenderLimits(RateLimit bytes, RateLimit records, long inFlight) {

  /** A longer name is cut: what a sender calls itself must not fill the memory. */
  private static final int LONGEST_NAME = 128;

  static SenderLimits ofClients(IngestConfig config, LongSupplier nanoTime) {
    return of(
        "A client",
        config,
        config.clientRate().asLongValue(),
        config.clientBurst().asLongValue(),
        config.clientRecords(),
        config.clientRecordsBurst(),
        nanoTime);
  }

  static SenderLimits ofStudents(IngestConfig config, LongSupplier nanoTime) {
    return of(
        "A student",
        config,
        config.studentRate().asLongValue(),
        config.studentBurst().asLongValue(),
        config.studentRecords(),
        config.studentRecordsBurst(),
        nanoTime);
  }

  private static SenderLimits of(
      String sender,
      IngestConfig config,
      long bytes,
      long bytesBurst,
      long records,
      long recordsBurst,
      LongSupplier nanoTime) {
    return new SenderLimits(
        new RateLimit(
            "%s may send %d bytes a second, as sent or decompressed".formatted(sender, bytes),
            bytes,
            bytesBurst,
            config.maxBodySize().asLongValue(),
            nanoTime),
        new RateLimit(
            "%s may send %d records a second".formatted(sender, records),
            records,
            recordsBurst,
            config.maxRecords(),
            nanoTime),
        config.clientInFlightSize().asLongValue());
  }

  SenderQuota quota() {
    return new SenderQuota(bytes.bucket(), records.bucket(), new MemoryBudget(inFlight));
  }

  static String key(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }
}
