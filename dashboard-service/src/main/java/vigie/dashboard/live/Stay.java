// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Access;

/** How long a viewer may listen. */
@Singleton
class Stay {

  /** What is left of a token that expires between its verification and the question. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Access access;
  private final Duration skew;
  private final JsonWebToken token;

  /**
   * @param token stands for that of each request
   */
  Stay(
      Access access,
      @ConfigProperty(name = "mp.jwt.verify.clock.skew") int skewSeconds,
      JsonWebToken token) {
    this.access = access;
    this.skew = Duration.ofSeconds(skewSeconds);
    this.token = token;
  }

  /** How long the caller, who was let in, may go on listening; empty is for ever. */
  Optional<Duration> remaining() {
    if (access.isOpen()) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochSecond(token.getExpirationTime()).plus(skew);
    Duration left = Duration.between(Instant.now(), end);
    return Optional.of(left.compareTo(SHORTEST) > 0 ? left : SHORTEST);
  }
}
