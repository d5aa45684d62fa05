// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import vigie.ingest.body.Batch;
import vigie.ingest.event.RecordError;
import vigie.ingest.event.RecordOutcome;
import vigie.ingest.model.RequestError;

/** What became of the records of one kind. Every counter exists from the start, at 0. */
final class EventMetrics {

  private final Counter accepted;
  private final Map<RecordError, Counter> rejected;
  private final Map<RequestError, Counter> refused;

  EventMetrics(MeterRegistry registry, String kind) {
    this.accepted =
        Counter.builder("vigie.ingest.accepted")
            .description("Records that Kafka has acknowledged")
            .tag("kind", kind)
            .register(registry);
    this.rejected =
        each(
            RecordError.class,
            fault ->
                Counter.builder("vigie.ingest.rejected")
                    .description("Records that break a rule")
                    .tags("kind", kind, "code", fault.code())
                    .register(registry));
    this.refused =
        each(
            RequestError.class,
            error ->
                Counter.builder("vigie.ingest.refused")
                    .description("Requests of which nothing is known to be kept")
                    .tags("kind", kind, "code", error.code())
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
    for (RecordOutcome.Rejected rejection : batch.rejected()) {
      rejected.get(rejection.fault()).increment();
    }
  }

  void refused(RequestError error) {
    refused.get(error).increment();
  }
}
