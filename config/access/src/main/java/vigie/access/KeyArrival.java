// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;

/**
 * Has the framework verify a token only once its key is known, or is known not to be. Identifies
 * nothing itself: what follows it does. No thread waits meanwhile.
 */
@Singleton
class KeyArrival implements IdentityProvider<TokenAuthenticationRequest> {

  private final KeySet keys;

  KeyArrival(KeySet keys) {
    this.keys = keys;
  }

  /** Before that of the framework, which has the default, {@code SYSTEM_FIRST + 1}. */
  @Override
  public int priority() {
    return SYSTEM_FIRST + 100;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  /** What follows runs on the request's event loop again, never on the thread of the keys. */
  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    if (!(request.getToken() instanceof JsonWebTokenCredential token)) {
      return Uni.createFrom().nullItem();
    }
    return Uni.createFrom()
        .completionStage(() -> keys.await(token.getToken()))
        .emitOn(ofCaller())
        .replaceWith((SecurityIdentity) null);
  }

  private static Executor ofCaller() {
    Context caller = Vertx.currentContext();
    return caller == null ? Runnable::run : task -> caller.runOnContext(unused -> task.run());
  }
}
