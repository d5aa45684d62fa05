// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.util.List;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.History;
import vigie.faults.thresholds.history.Violation;
import vigie.stack.redis.RedisTopology;

/** What came out of one run. */
record Result(
    RedisTopology form,
    Fault fault,
    long seed,
    History history,
    List<Violation> violations,
    long nanos) {

  private static final int SHOWN = 3;

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    line.append(
        ("%-11s %-22s seed %-20d %4d changes (%d indeterminate, %d refused), %d readings,"
                + " %d results, %.1f s")
            .formatted(
                form,
                fault,
                seed,
                history.changes().size(),
                history.changes(Outcome.INDETERMINATE),
                history.changes(Outcome.REFUSED),
                history.readings().size(),
                history.acceptedEvents(),
                nanos / 1e9));
    if (!violations.isEmpty()) {
      line.append(", %d VIOLATIONS".formatted(violations.size()));
      violations.stream().limit(SHOWN).forEach(one -> line.append("\n  ").append(one));
    }
    return line.toString();
  }
}
