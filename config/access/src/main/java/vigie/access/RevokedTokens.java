// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Has the framework refuse a token that is revoked, or has no subject, like one that is forged. */
@Singleton
class RevokedTokens implements SecurityIdentityAugmentor {

  private final Revocations revocations;

  RevokedTokens(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    return identity.getPrincipal() instanceof JsonWebToken token && !counts(token)
        ? Uni.createFrom().failure(new AuthenticationFailedException())
        : Uni.createFrom().item(identity);
  }

  private boolean counts(JsonWebToken token) {
    return token.getSubject() != null && !revocations.revokes(Pass.of(token));
  }
}
