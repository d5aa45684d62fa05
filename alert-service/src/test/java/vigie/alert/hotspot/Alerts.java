// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import java.time.Instant;
import java.util.UUID;
import vigie.events.Alert;

/** Alerts as judging raises them. */
final class Alerts {

  private Alerts() {}

  /** An alert near the centre of Lyon, raised as soon as it occurred. */
  static Alert of(String exercise, String student, Instant occurred) {
    return Alert.newBuilder()
        .setId(UUID.randomUUID())
        .setEventId(UUID.randomUUID())
        .setStudentId(student)
        .setExerciseId(exercise)
        .setScore(10)
        .setThreshold(50)
        .setThresholdVersion(1)
        .setLatitude(45.7578)
        .setLongitude(4.8320)
        .setOccurredAt(occurred)
        .setRaisedAt(occurred)
        .build();
  }
}
