// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.alert.quorum.FakeRedis;

class ClaimStoreTest {

  private static final UUID CLAIMED = new UUID(1, 1);
  private static final UUID OTHER = new UUID(2, 2);

  private final FakeRedis redis =
      new FakeRedis(
          request -> {
            List<String> words = List.of(request.split(" "));
            return FakeRedis.list(
                words.stream()
                    .filter(word -> word.startsWith("vigie:claim:"))
                    .map(key -> FakeRedis.number(key.endsWith(CLAIMED.toString()) ? 1 : 0))
                    .toArray(Response[]::new));
          });
  private final ClaimStore claims = new ClaimStore(redis.client(), null, new SimpleMeterRegistry());

  @Test
  void anAlertIsClaimedWhenAllReplicasHoldIt() {
    assertEquals(Set.of(CLAIMED), claims.claimed(Set.of(CLAIMED, OTHER)).result());
  }

  @Test
  void aClaimThatAReplicaMayLackSuppressesNothing() {
    redis.confirm(1);
    assertEquals(Set.of(), claims.claimed(Set.of(CLAIMED, OTHER)).result());
  }

  @Test
  void nothingIsKnownWithoutAMajority() {
    redis.confirm(0);
    assertTrue(claims.claimed(Set.of(CLAIMED)).failed());
  }
}
