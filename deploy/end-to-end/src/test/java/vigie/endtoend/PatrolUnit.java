// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A patrol unit: receives alerts over WebSocket, acknowledges each, and remembers them all. */
final class PatrolUnit implements WebSocket.Listener, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<UUID, JsonNode> alertsByEvent = new ConcurrentHashMap<>();
  private final StringBuilder frame = new StringBuilder();
  private final WebSocket socket;

  private PatrolUnit(URI alertService, String unitId) {
    URI address =
        URI.create("ws://%s/v1/patrols/%s/alerts".formatted(alertService.getAuthority(), unitId));
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("vigie.patrol.v1")
            .buildAsync(address, this)
            .join();
  }

  static PatrolUnit connect(URI alertService, String unitId) {
    return new PatrolUnit(alertService, unitId);
  }

  /** The alerts received so far, by the id of the event that raised each. */
  Map<UUID, JsonNode> alertsByEvent() {
    return alertsByEvent;
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    frame.append(data);
    CompletionStage<?> answered = CompletableFuture.completedStage(null);
    if (last) {
      JsonNode message = parse(frame.toString());
      frame.setLength(0);
      if ("alert".equals(message.path("type").asText())) {
        JsonNode alert = message.get("alert");
        alertsByEvent.put(UUID.fromString(alert.get("eventId").asText()), alert);
        answered =
            webSocket.sendText(
                "{\"type\":\"ack\",\"cursor\":%s}".formatted(message.get("cursor")), true);
      }
    }
    // The next frame is asked for once the acknowledgement has left: sends may not overlap.
    return answered.thenRun(() -> webSocket.request(1));
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
