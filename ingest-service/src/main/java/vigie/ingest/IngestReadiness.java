// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import vigie.ingest.admission.ExamClosure;
import vigie.ingest.admission.GracefulShutdown;
import vigie.ingest.kafka.KafkaProbe;
import vigie.ingest.model.RequestError;

/** Ready: not draining, and both topics can be written to, also while the exam is closed. */
@Readiness
@Singleton
final class IngestReadiness implements HealthCheck {

  private final GracefulShutdown shutdown;
  private final ExamClosure exam;
  private final KafkaProbe kafka;

  IngestReadiness(GracefulShutdown shutdown, ExamClosure exam, KafkaProbe kafka) {
    this.shutdown = shutdown;
    this.exam = exam;
    this.kafka = kafka;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("ingest").withData("exam", exam.state());
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
