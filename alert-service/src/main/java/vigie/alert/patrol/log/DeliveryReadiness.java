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

  private final LogTail tail;

  DeliveryReadiness(LogTail tail) {
    this.tail = tail;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("delivery");
    return tail.hindrance()
        .map(why -> response.withData("reason", why).down())
        .orElseGet(response::up)
        .build();
  }
}
