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
public class Recall {

  private final Revocations revocations;
  private final OpenConnections connections;

  Recall(Revocations revocations, OpenConnections connections) {
    this.revocations = revocations;
    this.connections = connections;
  }

  void revoked(@Observes Revocation news) {
    connections.stream().filter(this::isDue).forEach(Expiry::revoke);
  }

  /** Whether the token of {@code connection} is revoked. */
  public boolean isDue(WebSocketConnection connection) {
    Permit permit = connection.userData().get(Gate.PERMIT);
    return permit.pass().filter(revocations::revokes).isPresent();
  }
}
