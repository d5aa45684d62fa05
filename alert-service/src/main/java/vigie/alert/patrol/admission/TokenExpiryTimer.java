// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends a connection when its grant ends, or was revoked. Timers run on its event loop. */
public final class TokenExpiryTimer {

  private static final int UNAUTHENTICATED = 4401;
  private static final CloseReason EXPIRED = new CloseReason(UNAUTHENTICATED, "token expired");
  private static final CloseReason REVOKED = new CloseReason(UNAUTHENTICATED, "token revoked");
  private static final TypedKey<ScheduledFuture<?>> TIMER = new TypedKey<>("expiry");

  private TokenExpiryTimer() {}

  public static void watch(WebSocketConnection connection) {
    Optional<Duration> left =
        connection.userData().get(PatrolUpgradeCheck.GRANT).left(Instant.now());
    if (left.isPresent()) {
      var unused = connection.userData().put(TIMER, schedule(connection, left.get()));
    }
  }

  /** So that no connection is kept in memory until its token would have expired. */
  public static void forget(WebSocketConnection connection) {
    ScheduledFuture<?> timer = connection.userData().remove(TIMER);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private static ScheduledFuture<?> schedule(WebSocketConnection connection, Duration left) {
    return NettyChannels.of(connection)
        .eventLoop()
        .schedule(
            () -> ConnectionCloser.of(connection, EXPIRED), left.toMillis(), TimeUnit.MILLISECONDS);
  }

  public static void revoke(WebSocketConnection connection) {
    ConnectionCloser.of(connection, REVOKED);
  }
}
