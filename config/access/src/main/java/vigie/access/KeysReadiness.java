// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while tokens can be verified: the issuer's keys were read, and not too long ago. */
@Readiness
@Singleton
class KeysReadiness implements HealthCheck {

  private final Access access;
  private final KeySet keys;

  KeysReadiness(Access access, KeySet keys) {
    this.access = access;
    this.keys = keys;
  }

  void register(@Observes StartupEvent start, MeterRegistry registry) {
    if (!access.isOpen()) {
      Gauge.builder("vigie.access.keys.age", keys, set -> set.age().toMillis() / 1000.0)
          .description("Since when the issuer has not confirmed its keys")
          .baseUnit("seconds")
          .register(registry);
    }
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("issuer-keys");
    if (access.isOpen()) {
      return response.up().build();
    }
    response.withData("keys", keys.size()).withData("ageSeconds", keys.age().toSeconds());
    keys.failure().ifPresent(why -> response.withData("reason", why));
    return response.status(keys.counts()).build();
  }
}
