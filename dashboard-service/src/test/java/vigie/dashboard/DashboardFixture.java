// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.events.Alert;

/** A dashboard that all classes share. */
@ExtendWith(RunningDashboard.class)
abstract class DashboardFixture {

  static final String RATES = "/v1/exercises/success-rates";
  static final String JSON = "application/json";

  /** The states of the parts while only the dashboard runs. */
  static final Set<Object> UNREACHABLE = Set.of("UNREACHABLE");

  static DashboardStack stack;

  @BeforeAll
  static void start(DashboardStack shared) {
    stack = shared;
  }

  static JsonPath json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = stack.get(path, JSON);
    assertEquals(200, answer.statusCode(), answer::body);
    return new JsonPath(answer.body());
  }

  static int status(String path) throws IOException, InterruptedException {
    return stack.get(path, JSON).statusCode();
  }

  static Alert alert(UUID id) {
    return Alert.newBuilder()
        .setId(id)
        .setEventId(UUID.randomUUID())
        .setStudentId("s-1")
        .setExerciseId("c-pointers")
        .setScore(12.5)
        .setThreshold(40)
        .setThresholdVersion(1)
        .setLatitude(48.85)
        .setLongitude(2.35)
        .setOccurredAt(Instant.now())
        .setRaisedAt(Instant.now())
        .build();
  }
}
