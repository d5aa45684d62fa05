// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vigie.alert.AlertConfig;

/**
 * Bounds the connections of each unit to this instance. The oldest makes room for a new one: a
 * phone that changes networks leaves connections behind that look open for minutes, and they must
 * not keep it out. Safe for use by several threads.
 */
@Singleton
public class ConnectionLimiter {

  private static final CloseReason REPLACED = new CloseReason(4409, "newer connections");

  private final int most;

  /** The connections of each unit, oldest first. */
  private final Map<String, Deque<WebSocketConnection>> taken = new ConcurrentHashMap<>();

  ConnectionLimiter(AlertConfig config) {
    this.most = config.delivery().connectionsPerUnit();
  }

  public void take(String unit, WebSocketConnection connection) {
    List<WebSocketConnection> displaced = new ArrayList<>();
    taken.compute(
        unit,
        (name, before) -> {
          Deque<WebSocketConnection> seated = before == null ? new ArrayDeque<>() : before;
          seated.addLast(connection);
          if (seated.size() > most) {
            displaced.add(seated.removeFirst());
          }
          return seated;
        });
    displaced.forEach(oldest -> ConnectionCloser.of(oldest, REPLACED));
  }

  public void leave(String unit, WebSocketConnection connection) {
    taken.computeIfPresent(
        unit,
        (name, seated) -> {
          seated.remove(connection);
          return seated.isEmpty() ? null : seated;
        });
  }
}
