// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.ClusterView;

/** Up while a Kafka broker answers. */
@Readiness
@Singleton
class KafkaReadiness implements HealthCheck {

  private static final int TIMEOUT_MILLIS = 2000;
  private static final ClusterProbe.Query ANY_BROKER =
      new ClusterProbe.Query(Set.of(), Set.of(), Optional.empty());

  private final KafkaClients kafka;

  KafkaReadiness(KafkaClients kafka) {
    this.kafka = kafka;
  }

  @Override
  public HealthCheckResponse call() {
    boolean answers =
        kafka
            .probe()
            .view(ANY_BROKER)
            .thenApply(ClusterView::answers)
            .toCompletableFuture()
            .completeOnTimeout(false, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .join();
    var response = HealthCheckResponse.named("kafka");
    return answers
        ? response.up().build()
        : response.withData("reason", "no broker answers").down().build();
  }
}
