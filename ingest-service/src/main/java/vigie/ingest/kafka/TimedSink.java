// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import vigie.ingest.event.RecordOutcome;

/** Measures how long another sink takes to keep the events of a request. */
public final class TimedSink implements EventSink {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final EventSink sink;
  private final Timer timer;

  public TimedSink(EventSink sink, String kind, MeterRegistry registry) {
    this.sink = sink;
    this.timer =
        Timer.builder("vigie.ingest.produce")
            .description("From the first record of a request sent to the last one confirmed")
            .tag("kind", kind)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  @Override
  public CompletionStage<Void> append(List<RecordOutcome.Accepted> events) {
    if (events.isEmpty()) {
      return sink.append(events);
    }
    long start = System.nanoTime();
    CompletionStage<Void> kept = sink.append(events);
    // Not the stage that follows, which would wrap a failure in one of its own.
    var unused =
        kept.whenComplete(
            (none, failure) -> timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
    return kept;
  }
}
