// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import java.time.Instant;
import java.util.UUID;

/**
 * One thing that units are told, where Kafka keeps it.
 *
 * @param lane the number of its lane
 * @param at when it happened; orders what comes from different lanes
 * @param alertId the alert that it tells of
 * @param nearby whether units of neighbouring areas are told too
 * @param type the type of its frame
 * @param members the other members of its frame but the cursor
 */
public record LogEntry(
    int lane,
    long offset,
    Instant at,
    UUID alertId,
    double latitude,
    double longitude,
    boolean nearby,
    String type,
    LazyJson members) {}
