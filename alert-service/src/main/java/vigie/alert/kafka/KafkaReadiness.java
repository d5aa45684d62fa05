// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while a Kafka broker answers. */
@Readiness
@Singleton
class KafkaReadiness implements HealthCheck {

  private static final int TIMEOUT_MILLIS = 2000;

  private final Admin admin;

  KafkaReadiness(KafkaClients kafka) {
    this.admin = kafka.admin();
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("kafka");
    try {
      int brokers =
          admin
              .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MILLIS))
              .nodes()
              .get()
              .size();
      return response.withData("brokers", brokers).up().build();
    } catch (ExecutionException e) {
      return response.withData("reason", e.getCause().getMessage()).down().build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return response.withData("reason", "interrupted").down().build();
    }
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
