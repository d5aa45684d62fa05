// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import vigie.alert.claim.Claim;
import vigie.events.Alert;

/** An alert as units see it; the last one is null unless it was escalated. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertView(
    UUID id,
    UUID eventId,
    String studentId,
    String exerciseId,
    double score,
    double threshold,
    long thresholdVersion,
    double latitude,
    double longitude,
    Instant occurredAt,
    Instant raisedAt,
    Instant escalatedAt) {

  public static AlertView of(Alert alert) {
    return new AlertView(
        alert.getId(),
        alert.getEventId(),
        alert.getStudentId(),
        alert.getExerciseId(),
        alert.getScore(),
        alert.getThreshold(),
        alert.getThresholdVersion(),
        alert.getLatitude(),
        alert.getLongitude(),
        alert.getOccurredAt(),
        alert.getRaisedAt(),
        alert.getEscalatedAt());
  }

  public Claim claimedBy(String unit, Instant now) {
    return new Claim(
        id, 1, studentId, exerciseId, score, latitude, longitude, unit, now, Optional.empty());
  }

  /** The alert as it is raised again. */
  public Alert escalated(Instant at) {
    return Alert.newBuilder()
        .setId(id)
        .setEventId(eventId)
        .setStudentId(studentId)
        .setExerciseId(exerciseId)
        .setScore(score)
        .setThreshold(threshold)
        .setThresholdVersion(thresholdVersion)
        .setLatitude(latitude)
        .setLongitude(longitude)
        .setOccurredAt(occurredAt)
        .setRaisedAt(raisedAt)
        .setEscalatedAt(at)
        .build();
  }
}
