// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.util.UUID;

/** The checkpoint and the published figures do not belong together. */
public final class BrokenSequenceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BrokenSequenceException(UUID queryId, long batchId, Object last) {
    super(
        "batch %d of query %s does not go with what is published: %s"
            .formatted(batchId, queryId, last));
  }
}
