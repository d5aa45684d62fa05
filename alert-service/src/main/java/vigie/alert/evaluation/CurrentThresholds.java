// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;
import vigie.alert.threshold.Standing;
import vigie.alert.threshold.Thresholds;

/** The thresholds of a batch, read once it is polled. For use by the judging thread only. */
class CurrentThresholds {

  private final Thresholds thresholds;

  private CurrentThresholds(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  static CurrentThresholds of(Thresholds thresholds, AlertConfig config) {
    return DeliberateFault.READ_BEFORE_POLL.isOn(config)
        ? new ReadBeforePoll(thresholds)
        : new CurrentThresholds(thresholds);
  }

  /** Nothing is read before the poll: that is the guarantee. */
  void beforePoll() throws ExecutionException, InterruptedException {}

  Map<String, Standing> afterPoll(Set<String> exercises)
      throws ExecutionException, InterruptedException {
    return thresholds.readForEvaluation(exercises).toCompletionStage().toCompletableFuture().get();
  }

  /** For tests only, see {@link DeliberateFault#READ_BEFORE_POLL}. */
  private static final class ReadBeforePoll extends CurrentThresholds {

    private final Set<String> expected = new HashSet<>();
    private Map<String, Standing> read = Map.of();

    private ReadBeforePoll(Thresholds thresholds) {
      super(thresholds);
    }

    @Override
    void beforePoll() throws ExecutionException, InterruptedException {
      read = super.afterPoll(expected);
    }

    @Override
    Map<String, Standing> afterPoll(Set<String> exercises)
        throws ExecutionException, InterruptedException {
      expected.addAll(exercises);
      return read.keySet().containsAll(exercises) ? read : super.afterPoll(exercises);
    }
  }
}
