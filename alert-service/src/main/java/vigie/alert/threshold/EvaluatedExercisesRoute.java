// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Set;

/**
 * Tells dashboard-service, at the management port, which exercises have a threshold. A result of
 * any other exercise raises no alert, so that it has no success rate either. An exercise whose last
 * change is not settled may have a threshold and is among them.
 */
@ApplicationScoped
class EvaluatedExercisesRoute {

  static final String PATH = "/q/evaluated-exercises";

  private static final int UNAVAILABLE = 503;

  private final ThresholdStore thresholds;

  EvaluatedExercisesRoute(ThresholdStore thresholds) {
    this.thresholds = thresholds;
  }

  void register(@Observes ManagementInterface management) {
    management.router().get(PATH).handler(this::answer);
  }

  private void answer(RoutingContext request) {
    thresholds
        .readAll()
        .onSuccess(all -> request.json(body(all.keySet())))
        .onFailure(away -> request.response().setStatusCode(UNAVAILABLE).end());
  }

  private static JsonObject body(Set<String> exercises) {
    return new JsonObject().put("exercises", new JsonArray(new ArrayList<>(exercises)));
  }
}
