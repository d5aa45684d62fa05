// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.util.List;

/** The records of one request, in its order. */
record Batch(List<Outcome.Accepted> accepted, List<Outcome.Rejected> rejected) {

  boolean isAllRejected() {
    return accepted.isEmpty() && !rejected.isEmpty();
  }
}
