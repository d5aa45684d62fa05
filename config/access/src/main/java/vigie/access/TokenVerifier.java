// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Locale;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies tokens for the framework, by the keys of {@link KeySet}: it never waits for the issuer,
 * and calls a token of a key that is not known invalid. {@link KeyArrival} waits before. To what
 * the framework asks of a token it adds a bounded life, and the type.
 */
@Alternative
@Priority(Interceptor.Priority.LIBRARY_AFTER)
@Singleton
class TokenVerifier extends JWTCallerPrincipalFactory {

  /** What signed a token, {@link SigningKey.Id#text}; a claim of this name in it is replaced. */
  static final String KEY = "vigie.key";

  private static final String TYPE = "typ";
  private static final String OPTIONAL_PREFIX = "application/";

  private final KeySet keys;
  private final AccessConfig config;
  private final DefaultJWTTokenParser parser =
      new DefaultJWTTokenParser() {
        @Override
        protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo asked) {
          return (token, nesting) -> key(token).key();
        }
      };

  TokenVerifier(KeySet keys, AccessConfig config) {
    this.keys = keys;
    this.config = config;
  }

  private SigningKey key(JsonWebStructure token) throws UnresolvableKeyException {
    String kid = token.getKeyIdHeaderValue();
    if (kid == null) {
      throw new UnresolvableKeyException("The token does not name its key");
    }
    return keys.key(kid)
        .orElseThrow(() -> new UnresolvableKeyException("The issuer has no such key"));
  }

  @Override
  public JWTCallerPrincipal parse(String text, JWTAuthContextInfo asked) throws ParseException {
    JwtContext context = parser.parse(text, asked);
    JsonWebStructure token = context.getJoseObjects().get(0);
    JwtClaims claims = context.getJwtClaims();
    String type = token.getHeader(TYPE);
    checkType(type);
    try {
      checkLife(claims);
      claims.setStringClaim(KEY, key(token).id().text());
    } catch (MalformedClaimException | UnresolvableKeyException e) {
      throw new ParseException(e.getMessage(), e);
    }
    return new DefaultJWTCallerPrincipal(type, claims);
  }

  private void checkType(String type) throws ParseException {
    if (config.tokenType().isPresent()
        && (type == null || !bare(type).equals(bare(config.tokenType().get())))) {
      throw new ParseException("The token is of another type");
    }
  }

  /** RFC 7515, 4.1.9. */
  private static String bare(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith(OPTIONAL_PREFIX) ? lower.substring(OPTIONAL_PREFIX.length()) : lower;
  }

  /**
   * Also from now on: who has a key may say that a token was issued in a hundred years. The clock
   * of the issuer may be ahead by as much as a life.
   */
  private void checkLife(JwtClaims claims) throws MalformedClaimException, ParseException {
    NumericDate issued = claims.getIssuedAt();
    if (issued == null) {
      throw new ParseException("The token does not say when it was issued");
    }
    long longest = config.longestLife().toSeconds();
    long end = claims.getExpirationTime().getValue();
    if (end - issued.getValue() > longest || end - NumericDate.now().getValue() > 2 * longest) {
      throw new ParseException("The token is valid for too long");
    }
  }
}
