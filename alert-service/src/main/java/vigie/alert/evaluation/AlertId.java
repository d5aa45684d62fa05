// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import vigie.events.ExerciseResult;
import vigie.events.UuidName;

/**
 * Derives an alert's id from its event's id and what the alert tells, so that a repeated alert is
 * recognisable, and another result under the same id raises an alert of its own: it can be claimed
 * though the first one was.
 */
final class AlertId {

  private static final UUID NAMESPACE = UUID.fromString("6f1b5d0e-5b0c-5c7e-9d55-3e1f1a2b8c41");

  private AlertId() {}

  static UUID of(ExerciseResult result) {
    return new UuidName(NAMESPACE)
        .part(result.getId())
        .part(result.getExerciseId().getBytes(UTF_8))
        .part(ChronoUnit.MICROS.between(Instant.EPOCH, result.getTimestamp()))
        .part(result.getScore())
        .part(result.getLatitude())
        .part(result.getLongitude())
        .toUuid();
  }
}
