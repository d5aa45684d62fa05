// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Access;
import vigie.access.Pass;
import vigie.access.Revocations;
import vigie.access.Roles;

/**
 * Reads the tokens of laptops. To verify a signature costs more than to read an event, so a token
 * that was verified is remembered, by all of its text, until it expires; one that was refused is
 * not, so that nobody fills the memory with inventions. Whether it was revoked meanwhile is looked
 * up each time. Safe for use by several threads.
 */
@Singleton
final class Tokens {

  private static final String SCHEME = "Bearer ";
  private static final String INVALID = "The token is not valid";

  private final Access access;
  private final Revocations revocations;
  private final JWTParser parser;
  private final Clock clock;
  private final Cache<String, Verified> verified;

  /**
   * @param expiry seconds since 1970
   */
  private record Verified(Sender sender, Pass pass, long expiry) {}

  Tokens(
      Access access, Revocations revocations, JWTParser parser, Clock clock, IngestConfig config) {
    this.access = access;
    this.revocations = revocations;
    this.parser = parser;
    this.clock = clock;
    this.verified = Caffeine.newBuilder().maximumSize(config.rememberedTokens()).build();
  }

  /**
   * Whom the token in the header {@code Authorization} names; where all is open, anybody. Fails
   * with a {@link RefusedException}.
   */
  Future<Sender> sender(RoutingContext context) {
    if (access.isOpen()) {
      return Future.succeededFuture(Sender.ANYBODY);
    }
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Future.failedFuture(unauthenticated("Send a token: Authorization: Bearer", null));
    }
    Verified known = verified.getIfPresent(header);
    return known != null && known.expiry() > clock.millis() / 1000
        ? sender(known)
        : context.vertx().executeBlocking(() -> verify(header), false);
  }

  private Future<Sender> sender(Verified known) {
    return revocations.revokes(known.pass())
        ? Future.failedFuture(unauthenticated(INVALID, null))
        : Future.succeededFuture(known.sender());
  }

  /** On a worker: the first time, and when the issuer has a new key, that key is read. */
  private Sender verify(String header) throws RefusedException {
    JsonWebToken token;
    try {
      token = parser.parse(header.substring(SCHEME.length()).strip());
    } catch (ParseException e) {
      throw unauthenticated(INVALID, e);
    }
    if (token.getSubject() == null || revocations.revokes(Pass.of(token))) {
      throw unauthenticated(INVALID, null);
    }
    if (token.getGroups() == null || !token.getGroups().contains(Roles.LAPTOP)) {
      throw new RefusedException(Refusal.FORBIDDEN, "The token is not a laptop's");
    }
    Sender sender = Sender.laptopOf(token.getSubject());
    verified.put(header, new Verified(sender, Pass.of(token), token.getExpirationTime()));
    return sender;
  }

  private static RefusedException unauthenticated(String detail, ParseException cause) {
    return new RefusedException(Refusal.UNAUTHENTICATED, detail, cause);
  }
}
