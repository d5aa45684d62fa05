// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up while the thread that follows revocations has turned lately, also while Kafka is away: a
 * process in which it is stuck or gone lets revoked tokens in.
 */
@Liveness
@Singleton
class RevocationsLiveness implements HealthCheck {

  /** Far above what its requests to Kafka may take, which is some seconds each. */
  private static final Duration LONGEST_TURN = Duration.ofMinutes(2);

  private final Follower follower;

  RevocationsLiveness(Follower follower) {
    this.follower = follower;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("revocations").up();
    follower
        .sinceTurn()
        .ifPresent(
            since ->
                response
                    .withData("seconds", since.toSeconds())
                    .status(since.compareTo(LONGEST_TURN) <= 0));
    return response.build();
  }
}
