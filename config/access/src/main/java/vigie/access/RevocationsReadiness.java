// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up once all is known that was revoked before this instance started, and while it can read what is
 * revoked later.
 */
@Readiness
@Singleton
class RevocationsReadiness implements HealthCheck {

  private final RevocationConsumer revocations;

  RevocationsReadiness(RevocationConsumer revocations) {
    this.revocations = revocations;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("revocations");
    return revocations
        .notReadyReason()
        .map(why -> response.withData("reason", why).down())
        .orElseGet(response::up)
        .build();
  }
}
