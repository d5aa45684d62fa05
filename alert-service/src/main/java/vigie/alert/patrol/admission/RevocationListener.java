// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import vigie.access.Revocation;
import vigie.access.Revocations;

/**
 * Ends the connections of units whose tokens are revoked. One that is being opened meanwhile is
 * among the open ones before it is looked at by {@link #isDue}, so that either of the two sees it.
 */
@Singleton
public class RevocationListener {

  private final Revocations revocations;
  private final OpenConnections connections;

  RevocationListener(Revocations revocations, OpenConnections connections) {
    this.revocations = revocations;
    this.connections = connections;
  }

  void revoked(@Observes Revocation news) {
    connections.stream().filter(this::isDue).forEach(TokenExpiryTimer::revoke);
  }

  /** Whether the token of {@code connection} is revoked. */
  public boolean isDue(WebSocketConnection connection) {
    PatrolGrant grant = connection.userData().get(PatrolUpgradeCheck.GRANT);
    return grant.pass().filter(revocations::revokes).isPresent();
  }
}
