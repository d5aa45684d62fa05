// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while results are judged as they come. */
@Readiness
@Singleton
class EvaluationReadiness implements HealthCheck {

  private final EvaluationLoop evaluation;

  EvaluationReadiness(EvaluationLoop evaluation) {
    this.evaluation = evaluation;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("judging");
    return evaluation
        .notReadyReason()
        .map(why -> response.withData("reason", why).down())
        .orElseGet(response::up)
        .build();
  }
}
