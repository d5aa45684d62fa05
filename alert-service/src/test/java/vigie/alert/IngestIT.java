// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.events.ExerciseResult;
import vigie.issuer.Role;
import vigie.patrol.PatrolUnit;

/** From a laptop's request to ingest-service to a unit's claim. */
class IngestIT {

  private static final String EXERCISE = "shared-id";
  private static final String OTHER_EXERCISE = "shared-id-2";
  private static final Instant SAME_INSTANT = Instant.parse("2026-06-15T07:00:00Z");

  private final AlertStack stack = AlertStack.shared();
  private final Staff staff = new Staff(stack.one());
  @TempDir private Path folder;

  /**
   * A student must not switch the patrols off, for itself or another one, with an id that was used
   * before.
   */
  @Test
  void eachFailureIsAnAlertThatCanBeClaimedWhoeverUsesItsIdAgain() throws Exception {
    staff.set(EXERCISE, 40);
    staff.set(OTHER_EXERCISE, 40);
    UUID given = UUID.randomUUID();
    try (Ingest ingest = new Ingest(stack.kafka(), folder);
        PatrolUnit unit = unit("unit-shared-id")) {
      await().atMost(20, SECONDS).until(() -> unit.connections() > 0);
      UUID first = ingest.store(result("shared-1", given, EXERCISE, 10));
      assertEquals(first, ingest.store(result("shared-1", given, OTHER_EXERCISE, 20)));
      UUID others = ingest.store(result("shared-2", given, EXERCISE, 10));
      assertNotEquals(first, others);
      UUID forged = ingest.store(result("shared-2", first, EXERCISE, 10));
      assertNotEquals(first, forged);
      assertEquals(first, ingest.store(result("shared-1", given, EXERCISE, 10)));
      // What the same student sent before it has been judged when its alert is there.
      UUID last = ingest.store(result("shared-1", UUID.randomUUID(), EXERCISE, 5));

      List<UUID> events = List.of(others, forged, last);
      await()
          .atMost(20, SECONDS)
          .until(() -> events.stream().allMatch(event -> alerts(unit, event).size() == 1));
      List<UUID> twoOfOneId = alerts(unit, first);
      assertEquals(2, twoOfOneId.size());
      assertClaimed(unit, twoOfOneId.get(0));
      assertClaimed(unit, twoOfOneId.get(1));
      assertClaimed(unit, alerts(unit, others).get(0));
      assertClaimed(unit, alerts(unit, forged).get(0));
    }
  }

  private PatrolUnit unit(String name) {
    return new PatrolUnit(
            HttpClient.newHttpClient(),
            List.of(stack.one().address()),
            name,
            "?cursor=latest",
            () -> Optional.of(stack.issuer().token(Role.PATROL, name)))
        .start();
  }

  /** All alike but for what is given. */
  private static ExerciseResult result(String student, UUID id, String exercise, double score) {
    return ExerciseResult.newBuilder(Laptops.result(exercise, score, student))
        .setId(id)
        .setTimestamp(SAME_INSTANT)
        .build();
  }

  /** The ids of the alerts of an event. */
  private static List<UUID> alerts(PatrolUnit unit, UUID event) {
    return unit.alerts().entrySet().stream()
        .filter(got -> got.getValue().alert().get("eventId").asText().equals(event.toString()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void assertClaimed(PatrolUnit unit, UUID alert) throws Exception {
    JsonNode answer = unit.claim(alert).get(40, SECONDS);
    assertEquals("claimed", answer.get("type").asText(), answer::toString);
  }
}
