// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.events.ExerciseResult;

class AlertIdTest {

  private static final ExerciseResult RESULT =
      ExerciseResult.newBuilder()
          .setId(UUID.fromString("5810d60e-a729-41b9-a8c1-47437abec539"))
          .setTimestamp(Instant.parse("2026-06-15T07:00:00.302Z"))
          .setReceivedAt(Instant.parse("2026-06-15T07:00:01Z"))
          .setStudentId("g02-0041")
          .setLatitude(45.76791)
          .setLongitude(4.85332)
          .setExerciseId("c-pointers")
          .setScore(44.5)
          .build();

  @Test
  void theIdNeverChanges() {
    UUID id = AlertId.of(RESULT);
    assertEquals(UUID.fromString("82021c60-3eb3-5c5c-9c52-9ef5edea6d38"), id);
    assertEquals(5, id.version());
    assertEquals(2, id.variant());
  }

  @Test
  void aResultThatIsSentAgainHasTheSameAlert() {
    ExerciseResult again = change().setReceivedAt(Instant.parse("2026-06-15T09:00:00Z")).build();
    assertEquals(AlertId.of(RESULT), AlertId.of(again));
    assertEquals(
        AlertId.of(change().setScore(0.0).setLatitude(0.0).setLongitude(0.0).build()),
        AlertId.of(change().setScore(-0.0).setLatitude(-0.0).setLongitude(-0.0).build()));
  }

  @Test
  void anotherResultUnderTheSameIdHasAnAlertOfItsOwn() {
    List<ExerciseResult> all =
        List.of(
            RESULT,
            change().setId(UUID.fromString("5810d60e-a729-41b9-a8c1-47437abec530")).build(),
            change().setExerciseId("c-arrays").build(),
            change().setTimestamp(Instant.parse("2026-06-15T07:00:00.302001Z")).build(),
            change().setScore(44.6).build(),
            change().setLatitude(45.76792).build(),
            change().setLongitude(4.85333).build());
    Set<UUID> ids = new HashSet<>();
    all.forEach(result -> ids.add(AlertId.of(result)));
    assertEquals(all.size(), ids.size());
  }

  private static ExerciseResult.Builder change() {
    return ExerciseResult.newBuilder(RESULT);
  }
}
