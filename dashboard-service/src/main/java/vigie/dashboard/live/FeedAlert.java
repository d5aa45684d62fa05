// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import vigie.events.Alert;

/**
 * What the live feed shows of an alert: where and how low, but not who. An alert that no unit
 * claimed comes again with the instant at which it was escalated, null before; one that a unit
 * claimed, with its claim, null before and once that was given back.
 */
@RegisterForReflection
record FeedAlert(
    UUID id,
    String exerciseId,
    double score,
    double threshold,
    double latitude,
    double longitude,
    Instant occurredAt,
    Instant raisedAt,
    Instant escalatedAt,
    Claim claim) {

  /** Which unit goes there; {@code outcome} is null until it has been there. */
  @RegisterForReflection
  record Claim(String unitId, Instant claimedAt, String outcome) {}

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
        alert.getEscalatedAt(),
        null);
  }

  FeedAlert with(Claim claim) {
    return new FeedAlert(
        id,
        exerciseId,
        score,
        threshold,
        latitude,
        longitude,
        occurredAt,
        raisedAt,
        escalatedAt,
        claim);
  }
}
