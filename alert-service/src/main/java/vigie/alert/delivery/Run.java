// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import java.util.List;

/**
 * Consecutive alerts of one partition.
 *
 * @param next the offset to go on from; past the last alert, and past what is no alert
 */
record Run(List<LoggedAlert> alerts, long next) {

  /** The part of this run from {@code offset} on, at most {@code max} alerts. */
  Run from(long offset, int max) {
    int start = 0;
    while (start < alerts.size() && alerts.get(start).offset() < offset) {
      start++;
    }
    int end = Math.min(alerts.size(), start + max);
    return new Run(
        alerts.subList(start, end),
        end == alerts.size() ? Math.max(offset, next) : alerts.get(end - 1).offset() + 1);
  }
}
