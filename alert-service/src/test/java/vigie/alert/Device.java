// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import vigie.issuer.Role;
import vigie.patrol.Frames;
import vigie.patrol.PatrolConnection;

/** One connection of a patrol's device, keeping every frame. */
public final class Device implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int PATIENCE = 20;

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final PatrolConnection connection;

  /** Connects with the unit's token; {@code query} begins with a question mark or is empty. */
  public Device(AlertStack.Instance instance, String unit, String query) {
    this(instance, unit, query, Optional.of(instance.token(Role.PATROL, unit)));
  }

  /** The same, with this token. */
  public Device(AlertStack.Instance instance, String unit, String query, Optional<String> token) {
    connection =
        PatrolConnection.open(
            HTTP,
            PatrolConnection.address(instance.address(), unit, query),
            token,
            new PatrolConnection.Events() {
              @Override
              public void frame(PatrolConnection from, JsonNode frame) {
                frames.add(frame);
              }

              @Override
              public void ended(int code) {
                closed.complete(code);
              }
            });
  }

  public String subprotocol() {
    return connection.subprotocol();
  }

  public List<JsonNode> frames(String type) {
    return frames.stream().filter(frame -> frame.get("type").asText().equals(type)).toList();
  }

  public JsonNode first(String type) {
    Awaitility.await().atMost(PATIENCE, SECONDS).until(() -> !frames(type).isEmpty());
    return frames(type).get(0);
  }

  /** The ids of the events behind the alerts of {@code exercise}, in the order received. */
  public List<String> events(String exercise) {
    return frames("alert").stream()
        .map(frame -> frame.get("alert"))
        .filter(alert -> alert.get("exerciseId").asText().equals(exercise))
        .map(alert -> alert.get("eventId").asText())
        .toList();
  }

  public List<String> awaitEvents(String exercise, int count) {
    Awaitility.await()
        .alias("%d alerts of %s".formatted(count, exercise))
        .atMost(PATIENCE, SECONDS)
        .until(() -> events(exercise).size() >= count);
    return events(exercise);
  }

  /** The first frame that is as wanted, as soon as there is one. */
  public JsonNode await(String what, Predicate<JsonNode> wanted) {
    Awaitility.await(what).atMost(PATIENCE, SECONDS).until(() -> frames.stream().anyMatch(wanted));
    return frames.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** The alert that the event {@code id} raised, as it came. */
  public JsonNode awaitAlert(String id) {
    return await(
        "the alert of " + id, frame -> frame.path("alert").path("eventId").asText().equals(id));
  }

  /** Wants to answer an alert that came in {@code frame}. */
  public void claim(JsonNode frame) {
    claim(frame.get("alert").get("id").asText(), frame.get("cursor").asText());
  }

  public void claim(String alertId, String cursor) {
    say(Frames.claim(UUID.fromString(alertId), cursor));
  }

  /** Gives a claim back that was answered with {@code claimed}. */
  public void release(JsonNode frame, JsonNode claimed) {
    say(
        Frames.release(
            UUID.fromString(frame.get("alert").get("id").asText()),
            frame.get("cursor").asText(),
            claimed.get("claimNumber").asInt()));
  }

  public void resolve(JsonNode frame, String outcome) {
    say(Frames.resolve(UUID.fromString(frame.get("alert").get("id").asText()), outcome));
  }

  /** What the server said of its own accord or in answer, of these types, about an alert. */
  public List<JsonNode> saidOf(JsonNode frame, String... types) {
    String alertId = frame.get("alert").get("id").asText();
    return frames.stream()
        .filter(said -> said.path("alertId").asText().equals(alertId))
        .filter(said -> List.of(types).contains(said.get("type").asText()))
        .toList();
  }

  /** Acknowledges everything received so far, if there is anything. */
  public void acknowledgeAll() {
    frames.stream()
        .filter(frame -> frame.has("cursor"))
        .reduce((earlier, later) -> later)
        .ifPresent(this::acknowledge);
  }

  public void acknowledge(JsonNode frame) {
    say(Frames.ack(frame.get("cursor").asText()));
  }

  public void say(String text) {
    connection.say(text);
  }

  public int closeCode() {
    return closed.orTimeout(PATIENCE, SECONDS).join();
  }

  /** Goes away without a word, as a device in a tunnel does. */
  @Override
  public void close() {
    connection.cut();
  }
}
