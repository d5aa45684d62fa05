// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.util.Optional;
import java.util.UUID;

/** What a batch is to the figures that are published already. */
public enum BatchSequence {
  /** The first of a query: all that was published is replaced. */
  FIRST,
  /** Follows the last one: its sums are added. */
  NEXT,
  /** The last one again, after a crash between publishing and checkpointing: nothing to do. */
  REPEATED,
  /** Batches are missing between the figures and this one: they cannot be made right by adding. */
  BROKEN;

  /** The batch that was published last. */
  record Last(UUID queryId, long batchId) {}

  static BatchSequence of(Optional<Last> last, UUID queryId, long batchId) {
    if (last.filter(l -> l.queryId().equals(queryId)).isEmpty()) {
      return batchId == 0 ? FIRST : BROKEN;
    }
    long published = last.orElseThrow().batchId();
    if (batchId == published) {
      return REPEATED;
    }
    return batchId == published + 1 ? NEXT : BROKEN;
  }
}
