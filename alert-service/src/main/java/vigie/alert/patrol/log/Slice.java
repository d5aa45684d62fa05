// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.Position;

/** What to deliver next, and the position after them. */
public record Slice(List<LogEntry> entries, Position next) {

  static Slice of(int lane, Run run, Position from) {
    return new Slice(run.entries(), from.with(lane, run.next()));
  }

  /**
   * The oldest {@code max} entries of all {@code runs}, one run per lane, by the time at which they
   * happened; within a lane the order is Kafka's.
   */
  static Slice merge(List<Run> runs, Position from, int max) {
    List<LogEntry> merged = new ArrayList<>();
    int[] taken = new int[runs.size()];
    Position next = from;
    for (int oldest = oldest(runs, taken);
        oldest >= 0 && merged.size() < max;
        oldest = oldest(runs, taken)) {
      LogEntry entry = runs.get(oldest).entries().get(taken[oldest]++);
      merged.add(entry);
      next = next.with(oldest, entry.offset() + 1);
    }
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] == runs.get(i).entries().size() && runs.get(i).next() > next.offset(i)) {
        next = next.with(i, runs.get(i).next());
      }
    }
    return new Slice(merged, next);
  }

  private static int oldest(List<Run> runs, int[] taken) {
    int oldest = -1;
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] < runs.get(i).entries().size()
          && (oldest < 0 || head(runs, taken, i).isBefore(head(runs, taken, oldest)))) {
        oldest = i;
      }
    }
    return oldest;
  }

  private static Instant head(List<Run> runs, int[] taken, int run) {
    return runs.get(run).entries().get(taken[run]).at();
  }
}
