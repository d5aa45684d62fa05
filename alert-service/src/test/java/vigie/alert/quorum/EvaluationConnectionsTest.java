// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationConnectionsTest {

  @Test
  void evaluationAsksTheSameServersOverConnectionsOfItsOwn() {
    RedisOptions settings =
        new RedisOptions()
            .setType(RedisClientType.SENTINEL)
            .setMasterName("vigie")
            .setEndpoints(List.of("redis://user:secret@127.0.0.1:1", "redis://127.0.0.1:2"))
            .setPassword("secret")
            .setPoolRecycleTimeout(1000)
            .setPoolCleanerInterval(500)
            .setPoolName("others")
            .setNetClientOptions(new NetClientOptions().setSsl(true).setLocalAddress("127.0.0.9"));

    RedisOptions own = EvaluationConnections.own(settings);

    assertEquals(settings.getType(), own.getType());
    assertEquals(settings.getMasterName(), own.getMasterName());
    assertEquals(settings.getEndpoints(), own.getEndpoints());
    assertEquals(settings.getPassword(), own.getPassword());
    assertEquals(settings.getPoolRecycleTimeout(), own.getPoolRecycleTimeout());
    assertEquals(settings.getPoolCleanerInterval(), own.getPoolCleanerInterval());
    assertEquals(settings.getNetClientOptions(), own.getNetClientOptions());
    assertNotEquals(settings.getPoolName(), own.getPoolName());
    assertEquals("others", settings.getPoolName());
  }
}
