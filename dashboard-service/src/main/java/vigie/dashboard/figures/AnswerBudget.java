// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.util.HashMap;
import java.util.Map;

/** The memory for the answers of one publication. Safe for use by several threads. */
final class AnswerBudget {

  private final long most;
  private final long mostOfReader;
  private final Map<String, Long> takenBy = new HashMap<>();
  private long taken;

  AnswerBudget(long most) {
    this.most = most;
    this.mostOfReader = most / 2;
  }

  /** Whether there is room for an answer that {@code reader} asked for; if so, it is taken. */
  synchronized boolean take(String reader, long bytes) {
    long own = takenBy.getOrDefault(reader, 0L) + bytes;
    if (taken + bytes > most || own > mostOfReader) {
      return false;
    }
    taken += bytes;
    takenBy.put(reader, own);
    return true;
  }
}
