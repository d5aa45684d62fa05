// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Access;
import vigie.access.Pass;
import vigie.access.Revocations;

/** How long a viewer may listen: until its token expires or is revoked. */
@Singleton
class StreamAuthorization {

  /** What is left of a token that expires between its verification and the question. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Access access;
  private final Duration skew;
  private final JsonWebToken token;
  private final Revocations revocations;

  /**
   * @param token stands for that of each request
   */
  StreamAuthorization(
      Access access,
      @ConfigProperty(name = "mp.jwt.verify.clock.skew") int skewSeconds,
      JsonWebToken token,
      Revocations revocations) {
    this.access = access;
    this.skew = Duration.ofSeconds(skewSeconds);
    this.token = token;
    this.revocations = revocations;
  }

  /** As long as the caller, who was let in, may listen; revocations are looked up at each item. */
  <T> Multi<T> of(Multi<T> items) {
    if (access.isOpen()) {
      return items;
    }
    Pass pass = Pass.of(token);
    return items.select().first(item -> !revocations.revokes(pass)).select().first(left());
  }

  private Duration left() {
    Instant end = Instant.ofEpochSecond(token.getExpirationTime()).plus(skew);
    Duration left = Duration.between(Instant.now(), end);
    return left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
  }
}
