// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import vigie.events.UndecodableEventException;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.Alerts;

/** Runs in one lab, which stays up: one after another, each from a whole cluster. */
final class Runner implements AutoCloseable {

  private final Lab lab;
  private final Alerts alerts;
  private int runs;

  Runner(Path folder, Optional<RemovedGuarantee> removed) {
    lab = Lab.startIn(folder, removed);
    alerts = new Alerts(lab.kafka().bootstrapServers(), lab.kafka().admin());
  }

  Lab lab() {
    return lab;
  }

  Result run(long seed) throws InterruptedException, ExecutionException, UndecodableEventException {
    return run(Schedule.of(seed), seed);
  }

  /** The schedule, with all other chance from the seed. */
  Result run(Schedule schedule, long seed)
      throws InterruptedException, ExecutionException, UndecodableEventException {
    lab.awaitWhole();
    // Kafka keeps the results of all runs.
    String name = "h%s-%d".formatted(Long.toHexString(seed), ++runs);
    History history = new Run(lab, alerts, name, new SeededRandom(seed)).play(schedule);
    return Result.of(seed, schedule, history);
  }

  @Override
  public void close() {
    alerts.close();
    lab.close();
  }
}
