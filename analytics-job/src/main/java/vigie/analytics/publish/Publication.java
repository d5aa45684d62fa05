// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import vigie.analytics.archive.EventTable;

/**
 * Which batch the figures are of.
 *
 * @param queryId the streaming query's checkpoint; a new checkpoint has a new id
 * @param batchId counts from 0 within a query
 * @param asOf when the batch was planned; the same when the batch is replayed
 * @param snapshots the Iceberg snapshots that the batch ends with; none for an empty table
 */
public record Publication(
    UUID queryId, long batchId, Instant asOf, Map<EventTable, Long> snapshots) {

  public boolean isFirst() {
    return batchId == 0;
  }
}
