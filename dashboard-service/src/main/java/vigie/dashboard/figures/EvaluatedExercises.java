// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import vigie.dashboard.DashboardConfig;

/**
 * Which exercises have a threshold, as alert-service says; one request for all who ask within
 * {@code vigie.dashboard.lag-interval}. While no alert-service answers, no client can change a
 * threshold either, so that the last answer counts until one does.
 */
@ApplicationScoped
class EvaluatedExercises {

  private static final Logger LOG = Logger.getLogger(EvaluatedExercises.class);
  private static final int OK = 200;

  private final HttpClient http;
  private final ObjectMapper json;
  private final Uni<Optional<Set<String>>> now;
  private volatile Optional<Set<String>> last = Optional.empty();

  EvaluatedExercises(ObjectMapper json, DashboardConfig config) {
    this.json = json;
    http = HttpClient.newBuilder().connectTimeout(config.lagTimeout()).build();
    URI address = URI.create("http://" + config.parts().alertService() + "/q/evaluated-exercises");
    HttpRequest question = HttpRequest.newBuilder(address).timeout(config.lagTimeout()).build();
    now =
        Uni.createFrom()
            .completionStage(() -> http.sendAsync(question, BodyHandlers.ofString()))
            .map(this::exercises)
            .invoke(told -> last = Optional.of(told))
            .onFailure()
            .invoke(failure -> LOG.debugf(failure, "alert-service does not tell the exercises"))
            .map(Optional::of)
            .onFailure()
            .recoverWithItem(() -> last)
            .memoize()
            .forFixedDuration(config.lagInterval());
  }

  /** Nothing until alert-service has told once; never fails. */
  Uni<Optional<Set<String>>> now() {
    return now;
  }

  private Set<String> exercises(HttpResponse<String> answer) {
    if (answer.statusCode() != OK) {
      throw new IllegalStateException("alert-service answers " + answer.statusCode());
    }
    try {
      return json.readTree(answer.body())
          .required("exercises")
          .valueStream()
          .map(JsonNode::asText)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
