// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while Redis gives answers that a majority of its servers confirms. */
@Readiness
@Singleton
class RedisQuorumReadiness implements AsyncHealthCheck {

  private final QuorumRedisClient redis;

  RedisQuorumReadiness(QuorumRedisClient redis) {
    this.redis = redis;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    var response = HealthCheckResponse.named("redis-fence");
    return Uni.createFrom()
        .completionStage(
            () -> redis.ask(Request.cmd(Command.PING), Quorum.MAJORITY).toCompletionStage())
        .map(answer -> response.up().build())
        .onFailure()
        .recoverWithItem(e -> response.withData("reason", e.getMessage()).down().build());
  }
}
