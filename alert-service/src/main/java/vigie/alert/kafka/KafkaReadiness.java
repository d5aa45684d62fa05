// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import vigie.service.ClockStepListener;
import vigie.service.kafka.RenewableAdmin;

/** Up while a Kafka broker answers. */
@Readiness
@Singleton
class KafkaReadiness implements HealthCheck, ClockStepListener {

  private static final int TIMEOUT_MILLIS = 2000;

  private final RenewableAdmin admins;

  KafkaReadiness(KafkaClients kafka) {
    this.admins = new RenewableAdmin(kafka::admin);
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("kafka");
    try {
      int brokers =
          admins
              .current()
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

  @Override
  public void clockSteppedBack(Duration step) {
    admins.renew();
  }

  @PreDestroy
  void close() {
    admins.close();
  }
}
