// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.time.Instant;
import java.util.UUID;
import vigie.events.Alert;

/**
 * By which threshold an event was judged, as its alert tells.
 *
 * @param at by the machine's clock, after the threshold had been read
 */
record Judgement(
    UUID alertId, UUID eventId, String exercise, long version, double threshold, Instant at) {

  static Judgement of(Alert alert) {
    return new Judgement(
        alert.getId(),
        alert.getEventId(),
        alert.getExerciseId(),
        alert.getThresholdVersion(),
        alert.getThreshold(),
        alert.getRaisedAt());
  }
}
