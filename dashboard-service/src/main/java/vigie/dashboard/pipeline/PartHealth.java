// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.StringJoiner;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.pipeline.Pipeline.Part;
import vigie.dashboard.pipeline.Pipeline.State;

/** Asks the other parts whether they are ready; shared by all who ask. */
@ApplicationScoped
class PartHealth {

  private final HttpClient http;
  private final ObjectMapper json;
  private final DashboardConfig config;
  private final Uni<Part> alertService;
  private final Uni<List<Part>> health;

  PartHealth(ObjectMapper json, DashboardConfig config) {
    this.json = json;
    this.config = config;
    http = HttpClient.newBuilder().connectTimeout(config.lagTimeout()).build();
    DashboardConfig.Parts parts = config.parts();
    alertService = part("alert-service", parts.alertService());
    health =
        Uni.join()
            .all(
                part("ingest-service", parts.ingestService()),
                alertService,
                part("archive-service", parts.archiveService()),
                part("analytics-job", parts.analyticsJob()))
            .andFailFast()
            .memoize()
            .forFixedDuration(config.lagInterval());
  }

  /** Never fails: a part that does not answer is one more thing to know. */
  Uni<List<Part>> now() {
    return health;
  }

  /** Asked anew for each who wants to know. */
  Uni<Part> alertService() {
    return alertService;
  }

  private Uni<Part> part(String name, String address) {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://" + address + "/q/health/ready"))
            .timeout(config.lagTimeout())
            .build();
    return Uni.createFrom()
        .completionStage(() -> http.sendAsync(question, BodyHandlers.ofString()))
        .map(answer -> part(name, answer))
        .onFailure()
        .recoverWithItem(new Part(name, State.UNREACHABLE, null));
  }

  private Part part(String name, HttpResponse<String> answer) {
    return answer.statusCode() == 200
        ? new Part(name, State.READY, null)
        : new Part(name, State.NOT_READY, complaints(answer.body()));
  }

  /** What the checks that fail say of themselves, as they say it. */
  private String complaints(String body) {
    StringJoiner complaints = new StringJoiner("; ");
    try {
      for (JsonNode check : json.readTree(body).path("checks")) {
        if (!check.path("status").asText().equals("UP")) {
          StringJoiner data = new StringJoiner(", ", check.path("name").asText() + ": ", "");
          check.path("data").forEach(value -> data.add(value.asText()));
          complaints.add(data.toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return complaints.toString();
  }
}
