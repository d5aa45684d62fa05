// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Limits how many threads verify tokens whose key no accepted token had. Such a token may have the
 * issuer's keys fetched, behind a lock, and an issuer that does not answer holds each thread that
 * waits for it. Tokens whose key is known never wait. Safe for use by several threads.
 */
@Alternative
@Priority(1)
@Singleton
class UnknownKeyLimit extends JWTCallerPrincipalFactory {

  private static final int MAX_THREADS = 4;

  /** A signature is verified within a millisecond or so, also where many come after a start. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final JWTCallerPrincipalFactory verifier;
  private final Semaphore permits = new Semaphore(MAX_THREADS);

  /** The ids of keys that accepted tokens had: so many as the issuer has had since the start. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  @Inject
  UnknownKeyLimit() {
    this(new DefaultJWTCallerPrincipalFactory());
  }

  UnknownKeyLimit(JWTCallerPrincipalFactory verifier) {
    this.verifier = verifier;
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
    String key = keyId(token).orElse("");
    if (known.contains(key)) {
      return verifier.parse(token, settings);
    }
    acquire();
    try {
      JWTCallerPrincipal accepted = verifier.parse(token, settings);
      known.add(key);
      return accepted;
    } finally {
      permits.release();
    }
  }

  private void acquire() throws ParseException {
    try {
      if (!permits.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ParseException(
            "The key of the token is not known, and others wait for the issuer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParseException("Verifying was given up", e);
    }
  }

  private static Optional<String> keyId(String token) {
    try {
      return Optional.ofNullable(
          JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue());
    } catch (JoseException e) {
      return Optional.empty();
    }
  }
}
