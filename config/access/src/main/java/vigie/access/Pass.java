// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import java.util.Optional;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What a token can be revoked by.
 *
 * @param id empty when it has none: it can be revoked with all of its subject only
 * @param issuedAt seconds since 1970
 * @param key what signed it
 */
public record Pass(Optional<String> id, String subject, long issuedAt, SigningKey.Id key) {

  /** Of a token that was verified and names its subject. */
  public static Pass of(JsonWebToken token) {
    Optional<Long> issuedAt = token.claim(Claims.iat);
    Optional<Object> key = token.claim(TokenVerifier.KEY);
    return new Pass(
        Optional.ofNullable(token.getTokenID()),
        token.getSubject(),
        issuedAt.orElseThrow(),
        SigningKey.Id.parse(key.orElseThrow().toString()));
  }
}
