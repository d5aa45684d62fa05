// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.util.List;
import vigie.ingest.event.RecordOutcome;

/** The records of one request, in its order. */
public record Batch(List<RecordOutcome.Accepted> accepted, List<RecordOutcome.Rejected> rejected) {

  public boolean isAllRejected() {
    return accepted.isEmpty() && !rejected.isEmpty();
  }
}
