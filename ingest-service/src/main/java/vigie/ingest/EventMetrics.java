// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of the records of one kind. */
final class EventMetrics {

  private final MeterRegistry registry;
  private final String kind;
  private final Counter accepted;

  EventMetrics(MeterRegistry registry, String kind) {
    this.registry = registry;
    this.kind = kind;
    this.accepted =
        Counter.builder("vigie.ingest.accepted")
            .description("Records that Kafka has acknowledged")
            .tag("kind", kind)
            .register(registry);
  }

  void answered(Batch batch) {
    accepted.increment(batch.accepted().size());
    for (Outcome.Rejected rejection : batch.rejected()) {
      registry
          .counter("vigie.ingest.rejected", "kind", kind, "code", rejection.fault().code())
          .increment();
    }
  }

  void refused(Refusal refusal) {
    registry.counter("vigie.ingest.refused", "kind", kind, "code", refusal.code()).increment();
  }
}
