// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * Tells every unit that this instance goes, so that it turns to another one at once. This happens
 * in the delay before the shutdown, since the HTTP server ends connections before later events.
 */
@Singleton
class ShutdownNotifier {

  private static final Logger LOG = Logger.getLogger(ShutdownNotifier.class);
  private static final CloseReason RESTART = new CloseReason(1012, "this instance stops");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  void say(@Observes ShutdownDelayInitiatedEvent event, OpenConnections connections) {
    List<Uni<Void>> closing =
        connections.stream()
            .filter(WebSocketConnection::isOpen)
            .map(connection -> connection.close(RESTART))
            .toList();
    if (closing.isEmpty()) {
      return;
    }
    try {
      int told = Uni.join().all(closing).andCollectFailures().await().atMost(PATIENCE).size();
      LOG.infof("%d units were sent to another instance", told);
    } catch (CompositeException | CompletionException | TimeoutException e) {
      LOG.infof("Not every unit could be told that this instance stops: %s", e.getMessage());
    }
  }
}
