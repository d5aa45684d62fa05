// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.patrol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One connection to one alert-service. Safe for use by several threads. */
public final class PatrolConnection {

  public static final String SUBPROTOCOL = "vigie.patrol.v1";

  /** The code of a connection that ends without a close frame, or that cannot be opened. */
  public static final int LOST = 1006;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NORMAL = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What happens to a connection, one call after the other. */
  public interface Events {

    void frame(PatrolConnection connection, JsonNode frame);

    /** Called once, whether either side ended the connection or it could not be opened. */
    void ended(int code);
  }

  private final Events events;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final StringBuilder partial = new StringBuilder();
  private volatile boolean reading = true;
  private volatile WebSocket socket;
  private Optional<String> toAcknowledge = Optional.empty();

  /** Completes when everything that was to be sent so far is. */
  private CompletableFuture<?> sending;

  private PatrolConnection(HttpClient http, URI address, Optional<String> token, Events events) {
    this.events = events;
    WebSocket.Builder handshake =
        http.newWebSocketBuilder().subprotocols(SUBPROTOCOL).connectTimeout(PATIENCE);
    token.ifPresent(text -> handshake.header("Authorization", "Bearer " + text));
    this.sending = endedByFailure(handshake.buildAsync(address, new Listener()));
  }

  /**
   * Begins to connect.
   *
   * @param address as {@link #address} gives it
   * @param token of the unit; empty where all is open
   */
  public static PatrolConnection open(
      HttpClient http, URI address, Optional<String> token, Events events) {
    return new PatrolConnection(http, address, token, events);
  }

  /**
   * Where {@code unit} connects.
   *
   * @param service {@code host:port} of an alert-service
   * @param query begins with a question mark or is empty
   */
  public static URI address(String service, String unit, String query) {
    return URI.create("ws://%s/v1/patrols/%s/alerts%s".formatted(service, unit, query));
  }

  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /** Sends a text frame after those before it; one that cannot be sent ends the connection. */
  public synchronized void say(String text) {
    sendNext(() -> text);
  }

  /** Acknowledges everything up to {@code cursor}: the newest one only, while others wait. */
  public synchronized void acknowledge(String cursor) {
    boolean waiting = toAcknowledge.isPresent();
    toAcknowledge = Optional.of(cursor);
    if (!waiting) {
      sendNext(this::acknowledgement);
    }
  }

  private synchronized String acknowledgement() {
    String newest = toAcknowledge.orElseThrow();
    toAcknowledge = Optional.empty();
    return Frames.ack(newest);
  }

  private void sendNext(Supplier<String> text) {
    sending = endedByFailure(sending.thenCompose(sent -> socket.sendText(text.get(), true)));
  }

  private CompletableFuture<?> endedByFailure(CompletableFuture<?> step) {
    return step.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            cut();
          }
        });
  }

  /** Takes no more frames from the network, and so answers no ping either. */
  public void stopReading() {
    reading = false;
  }

  /** Says goodbye. */
  public synchronized void leave() {
    sending = endedByFailure(sending.thenCompose(sent -> socket.sendClose(NORMAL, "")));
    end(NORMAL);
  }

  /** Ends without a goodbye. */
  public void cut() {
    end(LOST);
    if (socket != null) {
      socket.abort();
    }
  }

  private void end(int code) {
    if (ended.compareAndSet(false, true)) {
      events.ended(code);
    }
  }

  private final class Listener implements WebSocket.Listener {

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      if (ended.get()) {
        opened.abort();
      } else {
        opened.request(1);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String text = partial.toString();
        partial.setLength(0);
        events.frame(PatrolConnection.this, json(text));
      }
      if (reading) {
        socket.request(1);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      end(LOST);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON: " + text, e);
    }
  }
}
