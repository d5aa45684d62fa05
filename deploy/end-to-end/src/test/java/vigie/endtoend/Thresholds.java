// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The thresholds API, as staff would call it. */
record Thresholds(URI alertService) {

  void put(String exercise, double threshold) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                request(exercise)
                    .header("Content-Type", "application/json")
                    .PUT(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"threshold\":%s}".formatted(threshold)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** The answer's body. */
  String get(String exercise) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request(exercise).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private HttpRequest.Builder request(String exercise) {
    return HttpRequest.newBuilder(alertService.resolve("/v1/thresholds/" + exercise));
  }
}
