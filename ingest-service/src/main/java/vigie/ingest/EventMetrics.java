// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import vigie.ingest.body.Batch;
import vigie.ingest.event.Outcome;
import vigie.ingest.event.RecordFault;
import vigie.ingest.model.Refusal;

/** What became of the records of one kind. Every counter exists from the start, at 0. */
final class EventMetrics {

  private final Counter accepted;
  private final Map<RecordFault, Counter> rejected;
  private final Map<Refusal, Counter> refused;

  EventMetrics(MeterRegistry registry, String kind) {
    this.accepted =
        Counter.builder("vigie.ingest.accepted")
            .description("Records that Kafka has acknowledged")
            .tag("kind", kind)
            .register(registry);
    this.rejected =
        each(
            RecordFault.class,
            fault ->
                Counter.builder("vigie.ingest.rejected")
                    .description("Records that break a rule")
                    .tags("kind", kind, "code", fault.code())
                    .register(registry));
    this.refused =
        each(
            Refusal.class,
            refusal ->
                Counter.builder("vigie.ingest.refused")
                    .description("Requests of which nothing is known to be kept")
                    .tags("kind", kind, "code", refusal.code())
                    .register(registry));
  }

  private static <E extends Enum<E>> Map<E, Counter> each(
      Class<E> codes, Function<E, Counter> counter) {
    Map<E, Counter> counters = new EnumMap<>(codes);
    for (E code : codes.getEnumConstants()) {
      counters.put(code, counter.apply(code));
    }
    return counters;
  }

  void answered(Batch batch) {
    accepted.increment(batch.accepted().size());
    for (Outcome.Rejected rejection : batch.rejected()) {
      rejected.get(rejection.fault()).increment();
    }
  }

  void refused(Refusal refusal) {
    refused.get(refusal).increment();
  }
}
