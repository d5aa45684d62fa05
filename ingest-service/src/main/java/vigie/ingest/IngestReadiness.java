// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import vigie.ingest.admission.GracefulShutdown;
import vigie.ingest.kafka.KafkaProbe;
import vigie.ingest.model.RequestError;

/** Ready: not draining, and both topics can be written to. */
@Readiness
@Singleton
final class IngestReadiness implements HealthCheck {

  private final GracefulShutdown shutdown;
  private final KafkaProbe kafka;

  IngestReadiness(GracefulShutdown shutdown, KafkaProbe kafka) {
    this.shutdown = shutdown;
    this.kafka = kafka;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("ingest");
    if (shutdown.hasBegun()) {
      return response.down().withData("code", RequestError.DRAINING.code()).build();
    }
    return kafka
        .trouble()
        .map(
            trouble ->
                response
                    .down()
                    .withData("code", trouble.error().code())
                    .withData("detail", trouble.detail()))
        .orElseGet(response::up)
        .build();
  }
}
