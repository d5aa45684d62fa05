// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.patrol;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A patrol unit: stays connected to one of several alert-services, whichever answers, and misses
 * nothing. It remembers all alerts and who claimed them, and acknowledges what it remembers. Safe
 * for use by several threads.
 */
public final class PatrolUnit implements AutoCloseable {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SILENT_HEARTBEATS = 3;

  /** What the server closes with when the unit itself is at fault. */
  private static final int REFUSED = 4400;

  /** What it closes with when newer connections of the unit took the place of this one. */
  private static final int REPLACED = 4409;

  private static final int FAILURES_OF_LONGEST_PAUSE = 6;

  /** An alert as it first came. */
  public record Received(JsonNode alert, String cursor) {}

  private final HttpClient http;
  private final List<String> services;
  private final String name;
  private final String query;
  private final Supplier<Optional<String>> tokens;
  private final Questions questions = new Questions();

  private final Map<UUID, Received> alerts = new HashMap<>();
  private final Map<UUID, Set<String>> claims = new HashMap<>();
  private final Map<UUID, String> outcomes = new HashMap<>();
  private final List<PatrolConnection> abandoned = new ArrayList<>();

  private Optional<PatrolConnection> connection = Optional.empty();

  /** Whether the server said hello on the present connection, and so may be asked. */
  private boolean greeted;

  private int attempt;
  private int failures;
  private int lastEnd;
  private int connections;
  private Duration heartbeat = PATIENCE;
  private long lastHeard;
  private boolean closed;

  /**
   * @param services {@code host:port} of each, tried in turn
   * @param query begins with a question mark or is empty
   */
  public PatrolUnit(HttpClient http, List<String> services, String name, String query) {
    this(http, services, name, query, Optional::empty);
  }

  /**
   * @param tokens gives one for each connection that is tried; empty where all is open
   */
  public PatrolUnit(
      HttpClient http,
      List<String> services,
      String name,
      String query,
      Supplier<Optional<String>> tokens) {
    this.http = http;
    this.tokens = tokens;
    this.services = List.copyOf(services);
    this.name = name;
    this.query = query;
  }

  public synchronized PatrolUnit start() {
    connectAfter(Duration.ZERO);
    return this;
  }

  /** By their ids. */
  public synchronized Map<UUID, Received> alerts() {
    return Map.copyOf(alerts);
  }

  /** The units that are said to have claimed each alert: one, unless a claim was given back. */
  public synchronized Map<UUID, Set<String>> claims() {
    Map<UUID, Set<String>> copy = new HashMap<>();
    claims.forEach((alert, units) -> copy.put(alert, Set.copyOf(units)));
    return copy;
  }

  public synchronized Map<UUID, String> outcomes() {
    return Map.copyOf(outcomes);
  }

  /** How often it has been connected. */
  public synchronized int connections() {
    return connections;
  }

  /** Claims an alert that came; completes with {@code claimed}, or the error that says why not. */
  public synchronized CompletableFuture<JsonNode> claim(UUID alertId) {
    return ask(alertId, Frames.claim(alertId, alerts.get(alertId).cursor()));
  }

  /** Completes with {@code resolved}, or the error that says why not. */
  public synchronized CompletableFuture<JsonNode> resolve(UUID alertId, String outcome) {
    return ask(alertId, Frames.resolve(alertId, outcome));
  }

  /** Completes with {@code released}, or the error that says why not. */
  public synchronized CompletableFuture<JsonNode> release(UUID alertId, int claimNumber) {
    return ask(alertId, Frames.release(alertId, alerts.get(alertId).cursor(), claimNumber));
  }

  private CompletableFuture<JsonNode> ask(UUID alertId, String text) {
    CompletableFuture<JsonNode> answer = questions.add(alertId, text);
    if (questions.isOnly()) {
      say();
    }
    return answer;
  }

  /** Says goodbye and comes back after a while, to the next service. */
  public void leave(Duration away) {
    part(PatrolConnection::leave, away);
  }

  /** As {@link #leave}, without a goodbye. */
  public void cut(Duration away) {
    part(PatrolConnection::cut, away);
  }

  /** As {@link #leave}; the unit keeps the old connection open, but does not read or answer it. */
  public void vanish(Duration away) {
    part(
        old -> {
          old.stopReading();
          abandoned.add(old);
        },
        away);
  }

  private synchronized void part(Consumer<PatrolConnection> how, Duration away) {
    Optional<PatrolConnection> old = connection;
    forget();
    old.ifPresent(how);
    connectAfter(away);
  }

  /** Reads nothing any more, until it notices that it hears nothing. */
  public synchronized void stopReading() {
    connection.ifPresent(PatrolConnection::stopReading);
  }

  @Override
  public synchronized String toString() {
    return "%s %s, %d connections, the last one ended by %d, %d alerts"
        .formatted(
            name,
            closed ? "is closed" : greeted ? "is connected" : "is not connected",
            connections,
            lastEnd,
            alerts.size());
  }

  @Override
  public synchronized void close() {
    closed = true;
    connection.ifPresent(PatrolConnection::leave);
    abandoned.forEach(PatrolConnection::cut);
  }

  /** What belongs to the connection so far is no concern of the unit any more. */
  private void forget() {
    connection = Optional.empty();
    greeted = false;
    attempt++;
  }

  private void connectAfter(Duration pause) {
    int number = attempt;
    after(pause, () -> connect(number));
  }

  private synchronized void connect(int number) {
    if (isOver(number)) {
      return;
    }
    String service = services.get(Math.floorMod(name.hashCode() + number, services.size()));
    connection =
        Optional.of(
            PatrolConnection.open(
                http,
                PatrolConnection.address(service, name, query),
                tokens.get(),
                new Life(number)));
    lastHeard = System.nanoTime();
    heartbeat = PATIENCE;
    after(heartbeat, () -> listen(number));
  }

  /** What happens to one connection, as long as it is the unit's. */
  private final class Life implements PatrolConnection.Events {

    private final int number;

    private Life(int number) {
      this.number = number;
    }

    @Override
    public void frame(PatrolConnection from, JsonNode frame) {
      heard(number, from, frame);
    }

    @Override
    public void ended(int code) {
      PatrolUnit.this.ended(number, code);
    }
  }

  private synchronized void ended(int number, int code) {
    if (isOver(number)) {
      return;
    }
    forget();
    lastEnd = code;
    if (code == REFUSED) {
      closed = true;
    } else {
      failures = code == REPLACED ? FAILURES_OF_LONGEST_PAUSE : failures;
      long longest =
          Math.min(SHORTEST_PAUSE.toMillis() << Math.min(failures++, 10), LONGEST_PAUSE.toMillis());
      connectAfter(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest) + 1));
    }
  }

  private synchronized void heard(int number, PatrolConnection from, JsonNode frame) {
    if (isOver(number)) {
      return;
    }
    lastHeard = System.nanoTime();
    switch (frame.get("type").asText()) {
      case "hello" -> begin(frame);
      case "alert" -> remember(frame);
      case "claimed", "resolved" -> learn(frame);
      default -> {}
    }
    if (frame.has("cursor")) {
      from.acknowledge(frame.get("cursor").asText());
    } else {
      questions.answered(frame).ifPresent(pause -> after(pause, this::say));
    }
  }

  private void begin(JsonNode hello) {
    greeted = true;
    connections++;
    failures = 0;
    heartbeat = Duration.ofMillis(hello.get("heartbeatMillis").asLong());
    say();
  }

  private void remember(JsonNode frame) {
    JsonNode alert = frame.get("alert");
    alerts.putIfAbsent(id(alert, "id"), new Received(alert, frame.get("cursor").asText()));
  }

  private void learn(JsonNode frame) {
    UUID alertId = id(frame, "alertId");
    claims.computeIfAbsent(alertId, id -> new HashSet<>()).add(frame.get("unitId").asText());
    if (frame.has("outcome")) {
      outcomes.put(alertId, frame.get("outcome").asText());
    }
  }

  /** Cuts a connection on which the service sends nothing, not even heartbeats. */
  private synchronized void listen(int number) {
    if (isOver(number)) {
      return;
    }
    if (System.nanoTime() - lastHeard > SILENT_HEARTBEATS * heartbeat.toNanos()) {
      connection.ifPresent(PatrolConnection::cut);
    } else {
      after(heartbeat, () -> listen(number));
    }
  }

  private synchronized void say() {
    if (greeted) {
      questions.next().ifPresent(text -> connection.ifPresent(open -> open.say(text)));
    }
  }

  private boolean isOver(int number) {
    return closed || number != attempt;
  }

  private static void after(Duration pause, Runnable work) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(work);
  }

  private static UUID id(JsonNode frame, String member) {
    return UUID.fromString(frame.get(member).asText());
  }
}
