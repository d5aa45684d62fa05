// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.ResultStream;
import vigie.benchmark.RunningAlert;
import vigie.faults.harness.ConsumerGroupProgress;

/**
 * Results that wait in Kafka while alert-service is frozen, so that what fills Kafka takes nothing
 * of the machine while they are judged.
 */
record Backlog(RunningAlert alert, ResultStream exam, ConsumerGroupProgress progress) {

  /** Something to be done right after the service goes on. */
  @FunctionalInterface
  interface Start {
    void run() throws IOException;
  }

  Measurement judge(long events) throws IOException, ExecutionException, InterruptedException {
    return judge(events, () -> {});
  }

  /** Returns when all are judged, and all alerts counted for hotspots. */
  Measurement judge(long events, Start then)
      throws IOException, ExecutionException, InterruptedException {
    alert.process().freeze();
    exam.fill(alert.kafka(), events);
    ProcessCost.Account before = alert.cost().account();
    long start = System.nanoTime();
    alert.process().resume();
    then.run();
    progress.awaitEnd("alert-judging", "vigie.results");
    long nanos = System.nanoTime() - start;
    progress.awaitEnd("alert-hotspots", "vigie.alerts");
    return new Measurement(events, nanos, alert.cost().account().since(before));
  }
}
