// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import io.smallrye.health.api.HealthGroup;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Up while alerts that no unit claims are raised again. It is no part of readiness ({@code
 * /q/health/group/escalation}): an instance that cannot escalate still evaluates and serves units.
 */
@HealthGroup("escalation")
@Singleton
class EscalationHealth implements HealthCheck {

  private final Escalator escalator;

  EscalationHealth(Escalator escalator) {
    this.escalator = escalator;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("escalation");
    return escalator
        .notReadyReason()
        .map(why -> response.withData("reason", why).down())
        .orElseGet(response::up)
        .build();
  }
}
