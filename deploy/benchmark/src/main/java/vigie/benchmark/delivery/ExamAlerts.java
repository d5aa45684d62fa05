// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import vigie.events.Alert;

/** Alerts by their numbers, which stand at the end of their students' ids. */
final class ExamAlerts {

  private static final long IDS = 0x4865_6c6c_6f00_4000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private ExamAlerts() {}

  static String student(int number) {
    return Text.STUDENT + "%012x".formatted(number);
  }

  static UUID eventId(int number) {
    return new UUID(IDS, VARIANT | number);
  }

  static Alert alert(int number) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return Alert.newBuilder()
        .setId(new UUID(IDS + 1, VARIANT | number))
        .setEventId(eventId(number))
        .setStudentId(student(number))
        .setExerciseId("c-pointers")
        .setScore(12.5)
        .setThreshold(40)
        .setThresholdVersion(1)
        .setLatitude(45.75)
        .setLongitude(4.85)
        .setOccurredAt(now)
        .setRaisedAt(now)
        .build();
  }

  /** The frame in which alert-service sends such an alert, for servers that have no alerts. */
  static String frame(int number) {
    Alert alert = alert(number);
    return String.format(
        Locale.ROOT,
        "{\"type\":\"alert\",\"cursor\":\"MTIzLjEyMy4xMjMvMC4wLjA\",\"alert\":{\"id\":\"%s\","
            + "\"eventId\":\"%s\",\"studentId\":\"%s\",\"exerciseId\":\"%s\",\"score\":%s,"
            + "\"threshold\":%s,\"thresholdVersion\":%d,\"latitude\":%s,\"longitude\":%s,"
            + "\"occurredAt\":\"%s\",\"raisedAt\":\"%s\"}}",
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
        alert.getRaisedAt());
  }
}
