// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import java.time.Instant;
import java.util.UUID;
import vigie.events.Alert;

/**
 * What the live feed shows of an alert: where and how low, but not who. An alert that no unit
 * claimed comes again with the instant at which it was escalated, null before.
 */
record FeedAlert(
    UUID id,
    String exerciseId,
    double score,
    double threshold,
    double latitude,
    double longitude,
    Instant occurredAt,
    Instant raisedAt,
    Instant escalatedAt) {

  static FeedAlert of(Alert alert) {
    return new FeedAlert(
        alert.getId(),
        alert.getExerciseId(),
        alert.getScore(),
        alert.getThreshold(),
        alert.getLatitude(),
        alert.getLongitude(),
        alert.getOccurredAt(),
        alert.getRaisedAt(),
        alert.getEscalatedAt());
  }
}
