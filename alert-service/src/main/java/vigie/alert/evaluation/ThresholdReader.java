// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;
import vigie.alert.threshold.EffectiveThreshold;
import vigie.alert.threshold.ThresholdStore;

/** The thresholds of a batch, read once it is polled. For use by the judging thread only. */
class ThresholdReader {

  private final ThresholdStore thresholds;

  private ThresholdReader(ThresholdStore thresholds) {
    this.thresholds = thresholds;
  }

  static ThresholdReader of(ThresholdStore thresholds, AlertConfig config) {
    return DeliberateFault.READ_BEFORE_POLL.isOn(config)
        ? new ReadBeforePoll(thresholds)
        : new ThresholdReader(thresholds);
  }

  /** Nothing is read before the poll: that is the guarantee. */
  void beforePoll() throws ExecutionException, InterruptedException {}

  Map<String, EffectiveThreshold> afterPoll(Set<String> exercises)
      throws ExecutionException, InterruptedException {
    return thresholds.readForEvaluation(exercises).toCompletionStage().toCompletableFuture().get();
  }

  /** For tests only, see {@link DeliberateFault#READ_BEFORE_POLL}. */
  private static final class ReadBeforePoll extends ThresholdReader {

    private final Set<String> expected = new HashSet<>();
    private Map<String, EffectiveThreshold> read = Map.of();

    private ReadBeforePoll(ThresholdStore thresholds) {
      super(thresholds);
    }

    @Override
    void beforePoll() throws ExecutionException, InterruptedException {
      read = super.afterPoll(expected);
    }

    @Override
    Map<String, EffectiveThreshold> afterPoll(Set<String> exercises)
        throws ExecutionException, InterruptedException {
      expected.addAll(exercises);
      return read.keySet().containsAll(exercises) ? read : super.afterPoll(exercises);
    }
  }
}
