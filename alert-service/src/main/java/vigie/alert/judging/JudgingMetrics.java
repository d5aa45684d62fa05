// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What was judged, counted once its offsets are committed. */
@Singleton
class JudgingMetrics {

  private final Counter judged;
  private final Counter alerted;
  private final Counter unknownExercise;
  private final Counter deadLetters;

  JudgingMetrics(MeterRegistry registry) {
    judged = counter(registry, "vigie.judged", "Results judged");
    alerted = counter(registry, "vigie.alerted", "Alerts raised");
    unknownExercise =
        counter(registry, "vigie.unknown.exercise", "Results of exercises without a threshold");
    deadLetters = counter(registry, "vigie.dead.letters", "Records that were no results");
  }

  void count(Verdict verdict) {
    judged.increment(verdict.judged());
    alerted.increment(verdict.alerts().size());
    unknownExercise.increment(verdict.unknownExercise());
    deadLetters.increment(verdict.poison().size());
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
