// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vigie.dashboard.AlertService;
import vigie.dashboard.DashboardConfigFixture;

class EvaluatedExercisesTest {

  private static EvaluatedExercises at(String address) {
    Map<String, String> settings =
        Map.of(
            "vigie.dashboard.parts.alert-service", address, "vigie.dashboard.lag-interval", "1ms");
    return new EvaluatedExercises(new ObjectMapper(), DashboardConfigFixture.with(settings));
  }

  private static Optional<Set<String>> ask(EvaluatedExercises exercises) {
    return exercises.now().await().indefinitely();
  }

  @Test
  void whatAlertServiceToldCountsUntilItTellsOtherwise() throws IOException {
    EvaluatedExercises exercises;
    try (AlertService alertService = new AlertService(0)) {
      exercises = at(alertService.address());
      alertService.hasThresholds("c-arrays", "c-files");
      assertEquals(Optional.of(Set.of("c-arrays", "c-files")), ask(exercises));
      alertService.hasThresholds("c-files");
      await()
          .atMost(10, SECONDS)
          .until(() -> ask(exercises).equals(Optional.of(Set.of("c-files"))));
    }
    assertEquals(Optional.of(Set.of("c-files")), ask(exercises));
  }

  @Test
  void nothingIsKnownWhileAlertServiceHasNeverAnswered() throws IOException {
    AlertService gone = new AlertService(0);
    gone.close();
    assertEquals(Optional.empty(), ask(at(gone.address())));
  }
}
