// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** The dashboard's API, as a member of staff would call it. */
record Dashboard(URI url, String token, HttpClient http) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Each look reads all figures, which takes the processor from what computes them. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  Dashboard(VigieStack vigie) {
    this(
        URI.create(vigie.url(Port.DASHBOARD)),
        vigie.issuer().token(Role.STAFF, "ada"),
        HttpClient.newHttpClient());
  }

  /** What the dashboard says now of each exercise whose name starts with {@code prefix}. */
  Map<String, RecordedExam.Figures> figures(String prefix)
      throws IOException, InterruptedException {
    Map<String, RecordedExam.Figures> figures = new TreeMap<>();
    for (JsonNode exercise : get("/v1/exercises/success-rates").get("exercises")) {
      String id = exercise.get("exerciseId").asText();
      if (id.startsWith(prefix)) {
        figures.put(
            id,
            new RecordedExam.Figures(
                exercise.get("n").asLong(),
                exercise.get("mean").asDouble(),
                exercise.get("failures").asLong()));
      }
    }
    return figures;
  }

  /**
   * Waits until it says {@code expected} of the exercises whose names start with {@code prefix}.
   */
  void awaitFigures(String prefix, Map<String, RecordedExam.Figures> expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL_INTERVAL)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertFigures(prefix, expected));
  }

  void assertFigures(String prefix, Map<String, RecordedExam.Figures> expected)
      throws IOException, InterruptedException {
    Map<String, RecordedExam.Figures> shown = figures(prefix);
    assertEquals(expected.keySet(), shown.keySet());
    expected.forEach(
        (exercise, figures) -> {
          assertEquals(figures.n(), shown.get(exercise).n(), exercise + " n");
          assertEquals(figures.mean(), shown.get(exercise).mean(), 1e-9, exercise + " mean");
          assertEquals(figures.failures(), shown.get(exercise).failures(), exercise + " failures");
        });
  }

  /** Failures of {@code exercise}, summed over all its places. */
  long failuresByPlace(String exercise) throws IOException, InterruptedException {
    long failures = 0;
    for (JsonNode place :
        get("/v1/exercises/" + exercise + "/failure-places?limit=5000").get("places")) {
      failures += place.get("failures").asLong();
    }
    return failures;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%s: %d %s".formatted(path, answer.statusCode(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }
}
