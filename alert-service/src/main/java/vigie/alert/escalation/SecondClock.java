// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import vigie.alert.quorum.Fence;
import vigie.alert.quorum.Quorum;

/** The clock of another machine: that of Redis. It is asked when this machine's may be wrong. */
@Singleton
class SecondClock {

  private final Fence fence;

  SecondClock(Fence fence) {
    this.fence = fence;
  }

  Instant now() throws ExecutionException, InterruptedException {
    Response answer =
        fence
            .ask(Request.cmd(Command.TIME), Quorum.MAJORITY)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    return Instant.ofEpochSecond(answer.get(0).toLong());
  }
}
