// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.Position;

/** What to deliver next, and the position after them. */
public record LogPage(List<LogEntry> entries, Position next) {

  static LogPage of(int lane, PartitionPage page, Position from) {
    return new LogPage(page.entries(), from.with(lane, page.next()));
  }

  /**
   * The oldest {@code max} entries of all {@code pages}, one run per lane, by the time at which
   * they happened; within a lane the order is Kafka's.
   */
  static LogPage merge(List<PartitionPage> pages, Position from, int max) {
    List<LogEntry> merged = new ArrayList<>();
    int[] taken = new int[pages.size()];
    Position next = from;
    for (int oldest = oldest(pages, taken);
        oldest >= 0 && merged.size() < max;
        oldest = oldest(pages, taken)) {
      LogEntry entry = pages.get(oldest).entries().get(taken[oldest]++);
      merged.add(entry);
      next = next.with(oldest, entry.offset() + 1);
    }
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] == pages.get(i).entries().size() && pages.get(i).next() > next.offset(i)) {
        next = next.with(i, pages.get(i).next());
      }
    }
    return new LogPage(merged, next);
  }

  private static int oldest(List<PartitionPage> pages, int[] taken) {
    int oldest = -1;
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] < pages.get(i).entries().size()
          && (oldest < 0 || head(pages, taken, i).isBefore(head(pages, taken, oldest)))) {
        oldest = i;
      }
    }
    return oldest;
  }

  private static Instant head(List<PartitionPage> pages, int[] taken, int page) {
    return pages.get(page).entries().get(taken[page]).at();
  }
}
