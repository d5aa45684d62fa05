// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up while each loop of the process has turned lately. A loop that waits for Kafka or Redis turns
 * too; one that is stuck or gone can only be had again by a new process.
 */
@Liveness
@Singleton
class LoopLiveness implements HealthCheck {

  private final Iterable<LoopOwner> owners;

  @Inject
  LoopLiveness(Instance<LoopOwner> owners) {
    this((Iterable<LoopOwner>) owners);
  }

  LoopLiveness(Iterable<LoopOwner> owners) {
    this.owners = owners;
  }

  /** Tells the seconds since each loop began its turn. */
  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("loops").up();
    for (LoopOwner owner : owners) {
      for (SupervisedLoop loop : owner.loops()) {
        response.withData(loop.name(), loop.sinceTurn().toSeconds());
        if (!loop.hasTurnedLately()) {
          response.down();
        }
      }
    }
    return response.build();
  }
}
