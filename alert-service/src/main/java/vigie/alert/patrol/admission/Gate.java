// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Access;
import vigie.access.Roles;
import vigie.alert.AlertConfig;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Wish;

/**
 * Lets units in by their tokens: a connection is refused before it is one, with a status and no
 * body, which no client of WebSockets would read.
 */
@Singleton
public class Gate implements HttpUpgradeCheck {

  /** What a connection that was let in may ask for. */
  public static final TypedKey<Permit> PERMIT = new TypedKey<>("permit");

  private static final Map<String, List<String>> CHALLENGE =
      Map.of("WWW-Authenticate", List.of("Bearer"));

  private final boolean open;
  private final double margin;

  Gate(Access access, AlertConfig config) {
    this.open = access.isOpen();
    this.margin = config.escalation().margin();
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    if (open) {
      context.userData().put(PERMIT, Permit.OF_EVERYBODY);
      return CheckResult.permitUpgrade();
    }
    return context
        .securityIdentity()
        .map(visitor -> judge(visitor, context))
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(() -> unauthenticated());
  }

  private CheckResult judge(SecurityIdentity visitor, HttpUpgradeContext context) {
    if (!visitor.hasRole(Roles.PATROL)) {
      return visitor.isAnonymous() ? unauthenticated() : forbidden();
    }
    try {
      Permit permit = Permit.of((JsonWebToken) visitor.getPrincipal());
      context.userData().put(PERMIT, permit);
      return allows(permit, context) ? CheckResult.permitUpgradeSync() : forbidden();
    } catch (MalformedFrameException e) {
      return forbidden();
    }
  }

  /** A wish that cannot be understood is let in, to be told what is wrong with it. */
  private boolean allows(Permit permit, HttpUpgradeContext context) {
    String unit = context.pathParam("unitId");
    try {
      String query = context.httpRequest().query();
      return permit.allows(unit, Wish.of(unit, query, permit.bounds(), margin).area());
    } catch (MalformedFrameException e) {
      return permit.allows(unit, permit.bounds());
    }
  }

  private static CheckResult unauthenticated() {
    return CheckResult.rejectUpgradeSync(401, CHALLENGE);
  }

  private static CheckResult forbidden() {
    return CheckResult.rejectUpgradeSync(403);
  }
}
