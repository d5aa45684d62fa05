// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Alerts to deliver next, and the position after them. */
record Slice(List<LoggedAlert> alerts, Position next) {

  static Slice of(int partition, Run run, Position from) {
    return new Slice(run.alerts(), from.with(partition, run.next()));
  }

  /**
   * The oldest {@code max} alerts of all {@code runs}, one run per partition, by the time at which
   * they were raised; within a partition the order is Kafka's.
   */
  static Slice merge(List<Run> runs, Position from, int max) {
    List<LoggedAlert> merged = new ArrayList<>();
    int[] taken = new int[runs.size()];
    Position next = from;
    for (int oldest = oldest(runs, taken);
        oldest >= 0 && merged.size() < max;
        oldest = oldest(runs, taken)) {
      LoggedAlert alert = runs.get(oldest).alerts().get(taken[oldest]++);
      merged.add(alert);
      next = next.with(oldest, alert.offset() + 1);
    }
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] == runs.get(i).alerts().size() && runs.get(i).next() > next.offset(i)) {
        next = next.with(i, runs.get(i).next());
      }
    }
    return new Slice(merged, next);
  }

  private static int oldest(List<Run> runs, int[] taken) {
    int oldest = -1;
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] < runs.get(i).alerts().size()
          && (oldest < 0 || head(runs, taken, i).isBefore(head(runs, taken, oldest)))) {
        oldest = i;
      }
    }
    return oldest;
  }

  private static Instant head(List<Run> runs, int[] taken, int run) {
    return runs.get(run).alerts().get(taken[run]).raisedAt();
  }
}
