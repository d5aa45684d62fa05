// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.admission;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Access;
import vigie.access.KeySet;
import vigie.access.KeysUnavailableException;
import vigie.access.Pass;
import vigie.access.Revocations;
import vigie.access.Roles;
import vigie.ingest.admission.TokenCache.Verified;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.model.SenderIdentity;
import vigie.ingest.quota.ClientQuota;

/**
 * Reads the tokens of laptops. To verify a signature costs more than to read an event, so a
 * verified token is cached until it expires. A refused token is not cached, so that no client fills
 * the memory with invented ones, and counts against its client. Whether a token was revoked, or its
 * key withdrawn, meanwhile is looked up each time. Safe for use by several threads.
 */
@Singleton
public final class TokenAuthenticator {

  private static final String SCHEME = "Bearer ";
  private static final String INVALID = "The token is not valid";
  private static final int PARTS = 3;

  private final Access access;
  private final Revocations revocations;
  private final KeySet keys;
  private final JWTParser parser;
  private final Clock clock;
  private final TokenCache cache;

  TokenAuthenticator(
      Access access,
      Revocations revocations,
      KeySet keys,
      JWTParser parser,
      Clock clock,
      IngestConfig config) {
    this.access = access;
    this.revocations = revocations;
    this.keys = keys;
    this.parser = parser;
    this.clock = clock;
    this.cache = new TokenCache(config.rememberedTokens() * 1024L);
  }

  /**
   * Whom the token in the header {@code Authorization} names; where all is open, anybody. Fails
   * with a {@link RequestException}. A client whose tokens were refused too often waits with those
   * that are not known yet: to verify one costs as much whatever comes of it.
   */
  public Future<SenderIdentity> sender(RoutingContext context, ClientQuota client) {
    if (access.isOpen()) {
      return Future.succeededFuture(SenderIdentity.ANYBODY);
    }
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return refused(unauthenticated("Send a token: Authorization: Bearer", null), client);
    }
    String token = header.substring(SCHEME.length());
    Verified known = cache.get(token);
    if (known != null && known.expiry() > clock.millis() / 1000) {
      return revocations.revokes(known.pass())
          ? refused(unauthenticated(INVALID, null), client)
          : Future.succeededFuture(known.sender());
    }
    if (!isShaped(token)) {
      return refused(unauthenticated(INVALID, null), client);
    }
    if (client.refusedTokens().isEmpty()) {
      return Future.failedFuture(
          client.refusedTokens().refusal(RequestError.TOO_MANY_REFUSED_TOKENS));
    }
    return Future.fromCompletionStage(keys.await(token), context.vertx().getOrCreateContext())
        .recover(TokenAuthenticator::unavailable)
        .compose(unused -> verified(context, token, client));
  }

  private Future<SenderIdentity> verified(
      RoutingContext context, String token, ClientQuota client) {
    return context
        .vertx()
        .executeBlocking(() -> verify(token), false)
        .recover(failure -> refused(failure, client));
  }

  /** Not the token's fault, so that it costs its client nothing. */
  private static Future<Void> unavailable(Throwable failure) {
    return Future.failedFuture(
        failure instanceof KeysUnavailableException
            ? new RequestException(
                RequestError.ISSUER_UNAVAILABLE,
                failure.getMessage(),
                Duration.ofSeconds(KeysUnavailableException.RETRY_SECONDS))
            : failure);
  }

  private static Future<SenderIdentity> refused(Throwable failure, ClientQuota client) {
    var unused = client.refusedTokens().take(1);
    return Future.failedFuture(failure);
  }

  /**
   * Three parts of base64url with a point between two, and nothing else: what could be written in
   * many ways could be remembered as often.
   */
  private static boolean isShaped(String token) {
    int parts = 1;
    int length = 0;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      boolean part =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!part && (c != '.' || length == 0)) {
        return false;
      }
      parts += part ? 0 : 1;
      length = part ? length + 1 : 0;
    }
    return parts == PARTS && length > 0;
  }

  /** On a worker: to verify a signature takes a part of a millisecond. */
  private SenderIdentity verify(String text) throws RequestException {
    JsonWebToken token;
    try {
      token = parser.parse(text);
    } catch (ParseException e) {
      throw unauthenticated(INVALID, e);
    }
    if (token.getSubject() == null || revocations.revokes(Pass.of(token))) {
      throw unauthenticated(INVALID, null);
    }
    if (token.getGroups() == null || !token.getGroups().contains(Roles.LAPTOP)) {
      throw new RequestException(RequestError.FORBIDDEN, "The token is not a laptop's");
    }
    SenderIdentity sender = SenderIdentity.laptopOf(token.getSubject());
    cache.add(new Verified(text, sender, Pass.of(token), token.getExpirationTime()));
    return sender;
  }

  private static RequestException unauthenticated(String detail, ParseException cause) {
    return new RequestException(RequestError.UNAUTHENTICATED, detail, cause);
  }
}
