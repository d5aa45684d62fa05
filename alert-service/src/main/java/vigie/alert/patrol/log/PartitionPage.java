// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import java.util.List;
import vigie.alert.patrol.protocol.LogEntry;

/**
 * Consecutive entries of one lane.
 *
 * @param next the offset to go on from; past the last entry, and past records that are no entries
 */
record PartitionPage(List<LogEntry> entries, long next) {

  /** The part of this run from {@code offset} on, at most {@code max} entries. */
  PartitionPage from(long offset, int max) {
    int start = 0;
    while (start < entries.size() && entries.get(start).offset() < offset) {
      start++;
    }
    int end = Math.min(entries.size(), start + max);
    return new PartitionPage(
        entries.subList(start, end),
        end == entries.size() ? Math.max(offset, next) : entries.get(end - 1).offset() + 1);
  }
}
