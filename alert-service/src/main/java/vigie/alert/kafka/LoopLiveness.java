// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up while each loop has turned lately. A loop that waits for Kafka or Redis turns too; one that is
 * stuck or gone can only be had again by a new process.
 */
@Liveness
@Singleton
class LoopLiveness implements HealthCheck {

  private final Iterable<LoopOwner> loops;

  @Inject
  LoopLiveness(Instance<LoopOwner> loops) {
    this((Iterable<LoopOwner>) loops);
  }

  LoopLiveness(Iterable<LoopOwner> loops) {
    this.loops = loops;
  }

  /** Tells the seconds since each loop began its turn. */
  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("loops").up();
    for (LoopOwner one : loops) {
      SupervisedLoop loop = one.loop();
      response.withData(loop.name(), loop.sinceTurn().toSeconds());
      if (loop.sinceTurn().compareTo(SupervisedLoop.LONGEST_TURN) > 0) {
        response.down();
      }
    }
    return response.build();
  }
}
