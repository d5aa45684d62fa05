// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while results are judged as they come. */
@Readiness
@Singleton
class JudgingReadiness implements HealthCheck {

  private final Judge judge;

  JudgingReadiness(Judge judge) {
    this.judge = judge;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("judging");
    return judge
        .hindrance()
        .map(why -> response.withData("reason", why).down())
        .orElseGet(response::up)
        .build();
  }
}
