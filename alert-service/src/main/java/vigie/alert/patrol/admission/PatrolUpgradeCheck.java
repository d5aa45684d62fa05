// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

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
import vigie.alert.patrol.protocol.SubscribeRequest;

/**
 * Authorizes units at the HTTP upgrade. The framework itself answers a token that is not valid, or
 * whose key cannot be had, as it does for any other request. All other refusals are a status
 * without a body, since WebSocket clients do not read one.
 */
@Singleton
public class PatrolUpgradeCheck implements HttpUpgradeCheck {

  /** What a connection that was let in may ask for. */
  public static final TypedKey<PatrolGrant> GRANT = new TypedKey<>("grant");

  private static final Map<String, List<String>> CHALLENGE =
      Map.of("WWW-Authenticate", List.of("Bearer"));

  private final boolean open;
  private final double margin;

  PatrolUpgradeCheck(Access access, AlertConfig config) {
    this.open = access.isOpen();
    this.margin = config.escalation().margin();
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    if (open) {
      context.userData().put(GRANT, PatrolGrant.OF_EVERYBODY);
      return CheckResult.permitUpgrade();
    }
    // A second answer would fail on the first one, and a client could fill the log with that.
    return context
        .securityIdentity()
        .onFailure()
        .recoverWithUni(Uni.createFrom()::nothing)
        .map(visitor -> judge(visitor, context));
  }

  private CheckResult judge(SecurityIdentity visitor, HttpUpgradeContext context) {
    if (!visitor.hasRole(Roles.PATROL)) {
      return visitor.isAnonymous() ? unauthenticated() : forbidden();
    }
    try {
      PatrolGrant grant = PatrolGrant.of((JsonWebToken) visitor.getPrincipal());
      context.userData().put(GRANT, grant);
      return allows(grant, context) ? CheckResult.permitUpgradeSync() : forbidden();
    } catch (MalformedFrameException e) {
      return forbidden();
    }
  }

  /** A malformed request is let in, so that the unit gets an error frame. */
  private boolean allows(PatrolGrant grant, HttpUpgradeContext context) {
    String unit = context.pathParam("unitId");
    try {
      String query = context.httpRequest().query();
      return grant.allows(unit, SubscribeRequest.of(unit, query, grant.bounds(), margin).area());
    } catch (MalformedFrameException e) {
      return grant.allows(unit, grant.bounds());
    }
  }

  private static CheckResult unauthenticated() {
    return CheckResult.rejectUpgradeSync(401, CHALLENGE);
  }

  private static CheckResult forbidden() {
    return CheckResult.rejectUpgradeSync(403);
  }
}
