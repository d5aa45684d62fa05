// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.history.Checker;
import vigie.faults.thresholds.history.History;
import vigie.faults.thresholds.history.Judgement;
import vigie.faults.thresholds.history.Violation;
import vigie.stack.redis.RedisTopology;

/** Runs on one cluster, which stays up: one after another, each from a whole cluster. */
final class FaultRunner implements AutoCloseable {

  private final RedisTopology form;
  private final Cluster cluster;
  private final Alerts alerts;
  private Optional<String> deliberateFault;
  private Run lastRun;
  private History lastHistory;

  /**
   * @param intake of no other runner at the same time; it stays up when this one is closed
   */
  FaultRunner(
      Path folder, RedisTopology form, Optional<String> deliberateFault, SharedIngest intake) {
    this.form = form;
    this.cluster = new Cluster(folder, form, intake);
    this.alerts = new Alerts(intake.kafka().bootstrapServers(), intake.kafka().admin());
    judgeWith(deliberateFault);
  }

  RedisTopology form() {
    return form;
  }

  /** The guarantee that alert-service lacks. */
  Optional<String> deliberateFault() {
    return deliberateFault;
  }

  /** From now on alert-service lacks this guarantee, or none. */
  void judgeWith(Optional<String> fault) {
    deliberateFault = fault;
    lastRun = null;
    cluster.judgeWith(fault);
  }

  /** One run; everything in it follows from the fault and the seed, except what chance adds. */
  Result run(Fault fault, long seed) throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    String name = "x" + Long.toHexString(seed);
    Run run = new Run(cluster, name, alerts.resultPartitions(), new SeededRandom(seed));
    History all = run.play(fault, alerts);
    Map<Boolean, List<Judgement>> mine =
        all.judgements().stream().collect(Collectors.partitioningBy(run::isAbout));
    History history =
        new History(all.changes(), all.readings(), all.events(), mine.get(true), all.liveness());
    List<Violation> violations = new ArrayList<>(Checker.check(history));
    violations.addAll(violationsOfStragglers(mine.get(false)));
    lastRun = run;
    lastHistory = history;
    return new Result(form, fault, seed, history, violations, System.nanoTime() - began);
  }

  /** What a run that was over has still brought about: it must keep the promises as well. */
  private List<Violation> violationsOfStragglers(List<Judgement> stragglers) {
    List<Judgement> late =
        stragglers.stream().filter(one -> lastRun != null && lastRun.isAbout(one)).toList();
    return late.isEmpty() ? List.of() : Checker.check(lastHistory.with(late));
  }

  @Override
  public void close() {
    alerts.close();
    cluster.close();
  }
}
