// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/** Lets everybody in where access is open; else the roles that the resources name decide. */
@Alternative
@Priority(Interceptor.Priority.LIBRARY_AFTER)
@ApplicationScoped
public class Gate extends AuthorizationController {

  private static final Logger LOG = Logger.getLogger(Gate.class);

  /** What is left of a token that expires between its verification and the question. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Access access;
  private final Optional<String> keys;
  private final Duration skew;
  private final JsonWebToken token;

  Gate(
      @ConfigProperty(name = "vigie.access", defaultValue = "tokens") Access access,
      @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> keys,
      @ConfigProperty(name = "mp.jwt.verify.clock.skew") int skewSeconds,
      JsonWebToken token) {
    this.access = access;
    this.keys = keys;
    this.skew = Duration.ofSeconds(skewSeconds);
    this.token = token;
  }

  void check(@Observes StartupEvent start) {
    if (access == Access.OPEN) {
      LOG.warn("vigie.access=open: everybody sees everything, without a token");
    } else if (keys.isEmpty()) {
      throw new IllegalStateException(
          "mp.jwt.verify.publickey.location has to say where the keys are that tokens are verified"
              + " with; or vigie.access=open lets everybody in");
    }
  }

  @Override
  public boolean isAuthorizationEnabled() {
    return access == Access.TOKENS;
  }

  public Access access() {
    return access;
  }

  /** How long the caller, who was let in, may go on listening; empty is for ever. */
  public Optional<Duration> remaining() {
    if (access == Access.OPEN) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochSecond(token.getExpirationTime()).plus(skew);
    Duration left = Duration.between(Instant.now(), end);
    return Optional.of(left.compareTo(SHORTEST) > 0 ? left : SHORTEST);
  }
}
