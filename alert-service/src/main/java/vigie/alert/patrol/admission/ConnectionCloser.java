// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

/** Closes a connection that the unit did not just say something on. For use by any thread. */
public final class ConnectionCloser {

  private static final Logger LOG = Logger.getLogger(ConnectionCloser.class);

  private ConnectionCloser() {}

  public static void of(WebSocketConnection connection, CloseReason reason) {
    if (connection.isOpen()) {
      connection
          .close(reason)
          .subscribe()
          .with(done -> {}, failure -> LOG.debugf(failure, "It had ended before"));
    }
  }
}
