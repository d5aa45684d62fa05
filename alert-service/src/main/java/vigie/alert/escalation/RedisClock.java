// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import vigie.alert.quorum.Quorum;
import vigie.alert.quorum.QuorumRedisClient;

/** The clock of another machine: that of Redis. It is asked when this machine's may be wrong. */
@Singleton
class RedisClock {

  private final QuorumRedisClient redis;

  RedisClock(QuorumRedisClient redis) {
    this.redis = redis;
  }

  Instant now() throws ExecutionException, InterruptedException {
    Response answer =
        redis
            .ask(Request.cmd(Command.TIME), Quorum.MAJORITY)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    return Instant.ofEpochSecond(answer.get(0).toLong());
  }
}
