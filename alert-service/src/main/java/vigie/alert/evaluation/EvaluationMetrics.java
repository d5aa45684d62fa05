// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What was judged, counted once Kafka holds all that follows from it, and what waits. */
@Singleton
class EvaluationMetrics {

  private final Counter judged;
  private final Counter alerted;
  private final Counter unknownExercise;
  private final Counter deadLetters;
  private final DistributionSummary batch;
  private final Timer pauses;
  private final AtomicLong lag;
  private final AtomicLong waiting;

  EvaluationMetrics(MeterRegistry registry) {
    judged = counter(registry, "vigie.judged", "Results judged");
    alerted = counter(registry, "vigie.alerted", "Alerts raised");
    unknownExercise =
        counter(registry, "vigie.unknown.exercise", "Results of exercises without a threshold");
    deadLetters = counter(registry, "vigie.dead.letters", "Records that were no results");
    batch =
        DistributionSummary.builder("vigie.judging.batch")
            .description("Results judged by one confirmed read")
            .serviceLevelObjectives(10, 100, 1000, 2000, 5000, 10_000)
            .register(registry);
    pauses =
        Timer.builder("vigie.judging.pauses")
            .description("Pauses after steps that could not be finished")
            .register(registry);
    lag = registry.gauge("vigie.judging.lag", new AtomicLong());
    waiting = registry.gauge("vigie.judging.waiting", new AtomicLong());
  }

  void count(EvaluatedBatch evaluated) {
    judged.increment(evaluated.judged());
    alerted.increment(evaluated.alerts().size());
    unknownExercise.increment(evaluated.unknownExercise());
    deadLetters.increment(evaluated.undecodable().size());
    batch.record(evaluated.judged());
  }

  /** Partitions that wait for a threshold which is not settled. */
  void waiting(int partitions) {
    waiting.set(partitions);
  }

  void paused(Duration time) {
    pauses.record(time);
  }

  /** Results of this instance's partitions that are in Kafka and not yet judged. */
  void lagOf(Consumer<byte[], byte[]> consumer) {
    long waiting = 0;
    for (TopicPartition partition : consumer.assignment()) {
      waiting += consumer.currentLag(partition).orElse(0);
    }
    lag.set(waiting);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
