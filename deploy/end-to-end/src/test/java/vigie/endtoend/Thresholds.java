// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** The thresholds API, as staff would call it. */
record Thresholds(URI alertService, String token) {

  Thresholds(VigieStack vigie) {
    this(URI.create(vigie.url(Port.ALERT)), vigie.issuer().token(Role.ADMIN, "grace"));
  }

  /** Sends it again while the servers cannot confirm it, as staff are told to. */
  void put(String exercise, double threshold) {
    HttpRequest change =
        request(exercise)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"threshold\":%s}".formatted(threshold)))
            .build();
    HttpResponse<String> answer =
        await()
            .atMost(20, SECONDS)
            .until(
                () -> HttpClient.newHttpClient().send(change, BodyHandlers.ofString()),
                response -> response.statusCode() != 503);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** The answer's body. */
  String get(String exercise) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request(exercise).build(), BodyHandlers.ofString())
        .body();
  }

  private HttpRequest.Builder request(String exercise) {
    return HttpRequest.newBuilder(alertService.resolve("/v1/thresholds/" + exercise))
        .header("Authorization", "Bearer " + token);
  }
}
