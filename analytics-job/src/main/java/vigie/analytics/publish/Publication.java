// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import vigie.analytics.archive.AsOf;
import vigie.analytics.archive.EventTable;
import vigie.analytics.archive.Thresholds;

/**
 * Which batch the figures are of.
 *
 * @param queryId the streaming query's checkpoint; a new checkpoint has a new id
 * @param batchId counts from 0 within a query
 * @param asOf up to when the figures hold everything, once the batch is added
 * @param counted of the first batch the sequence numbers of these snapshots, else empty
 * @param thresholds empty where they are those that are published
 * @param snapshots the Iceberg snapshots that the batch ends with; none for an empty table
 */
public record Publication(
    UUID queryId,
    long batchId,
    AsOf asOf,
    Optional<Thresholds> thresholds,
    Map<EventTable, Long> counted,
    Map<EventTable, Long> snapshots) {

  public boolean isFirst() {
    return batchId == 0;
  }
}
