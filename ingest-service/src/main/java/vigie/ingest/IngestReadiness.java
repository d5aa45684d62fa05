// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import vigie.ingest.admission.Drain;
import vigie.ingest.kafka.KafkaProbe;
import vigie.ingest.model.Refusal;

/** Ready: not draining, and both topics can be written to. */
@Readiness
@Singleton
final class IngestReadiness implements HealthCheck {

  private final Drain drain;
  private final KafkaProbe kafka;

  IngestReadiness(Drain drain, KafkaProbe kafka) {
    this.drain = drain;
    this.kafka = kafka;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("ingest");
    if (drain.hasBegun()) {
      return response.down().withData("code", Refusal.DRAINING.code()).build();
    }
    return kafka
        .trouble()
        .map(
            trouble ->
                response
                    .down()
                    .withData("code", trouble.refusal().code())
                    .withData("detail", trouble.detail()))
        .orElseGet(response::up)
        .build();
  }
}
