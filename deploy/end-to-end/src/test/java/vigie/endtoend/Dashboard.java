// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import vigie.issuer.Role;
import vigie.stack.Port;
import vigie.stack.VigieStack;

/** The dashboard's API, as a member of staff would call it. */
record Dashboard(URI url, String token, HttpClient http) {

  private static final ObjectMapper JSON = new ObjectMapper();

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
