// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while new alerts reach the connected units. */
@Readiness
@Singleton
class DeliveryReadiness implements HealthCheck {

  private final AlertLogConsumer consumer;

  DeliveryReadiness(AlertLogConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("delivery");
    return consumer
        .notReadyReason()
        .map(why -> response.withData("reason", why).down())
        .orElseGet(response::up)
        .build();
  }
}
