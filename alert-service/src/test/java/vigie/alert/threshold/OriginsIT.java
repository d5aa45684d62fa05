// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Staff;

/**
 * No origin is configured here, and no token required: only origins are looked at. That a
 * configured origin is let in is seen in a browser, end to end.
 */
@Order(AlertStack.IMPATIENT)
class OriginsIT {

  private static final String FORBIDDEN = "http://elsewhere.example";

  private final AlertStack.Instance one = AlertStack.impatient().one();
  private final Staff staff = new Staff(one);

  @Test
  void aPageOfAnOriginThatIsNotNamedChangesNothing() {
    assertEquals(403, staff.put("origins", 10, "Origin", FORBIDDEN).statusCode());
    assertEquals(404, staff.get("/v1/thresholds/origins").statusCode());
  }

  @Test
  void aPageOfAnOriginThatIsNotNamedIsNoPatrolUnit() {
    URI address = URI.create("ws://%s/v1/patrols/origins/alerts".formatted(one.address()));
    CompletableFuture<WebSocket> handshake =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Origin", FORBIDDEN)
            .subprotocols("vigie.patrol.v1")
            .buildAsync(address, new WebSocket.Listener() {});
    Throwable refused = assertThrows(CompletionException.class, handshake::join).getCause();
    assertEquals(
        403,
        assertInstanceOf(WebSocketHandshakeException.class, refused).getResponse().statusCode());
  }
}
