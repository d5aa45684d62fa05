// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.util.List;
import vigie.ingest.event.Outcome;

/** The records of one request, in its order. */
public record Batch(List<Outcome.Accepted> accepted, List<Outcome.Rejected> rejected) {

  public boolean isAllRejected() {
    return accepted.isEmpty() && !rejected.isEmpty();
  }
}
