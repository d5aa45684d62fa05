// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What the services answer to a page: as many exercises, thresholds and alerts as a test wants. */
final class RecordedAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each in 128 characters, or in characters that cannot be seen or turn text around. */
  static final List<String> NAMES =
      List.of(
          "M".repeat(128),
          "word-".repeat(25) + "end",
          "漢".repeat(128),
          "نظام".repeat(32),
          "\u202edesrever\u200b",
          "e\u0301".repeat(64));

  /** What the unit of the page has sent, without its acknowledgements. */
  final List<String> sent = new CopyOnWriteArrayList<>();

  /** The figures are of so long ago. */
  Duration age = Duration.ZERO;

  /** Of each exercise, if results are older than it. */
  Map<String, Object> thresholdChange;

  /** Where an exercise was failed. */
  List<Object> places = many(200, RecordedAnswers::place);

  /** How many results of an exercise are in each tenth of the scale. */
  List<Object> scores = List.of();

  /** Of an exercise, from minute to minute. */
  List<Object> minutes = List.of();

  private final int exercises;
  private final int thresholds;
  private volatile WebSocketRoute socket;

  RecordedAnswers(int exercises, int thresholds) {
    this.exercises = exercises;
    this.thresholds = thresholds;
  }

  static String exercise(int i) {
    return i < NAMES.size() ? NAMES.get(i) : "c-exercise-%05d".formatted(i);
  }

  /** Every request of the page that is not for a file of the page itself is answered from here. */
  void answer(Page page) {
    json(page, "success-rates", () -> rates(exercises));
    json(
        page,
        "activity/summary",
        () -> Map.of("activity", List.of(), "others", Map.of("pages", 0, "n", 0)));
    json(
        page,
        "pipeline",
        () ->
            Map.of(
                "asOf",
                asOf(),
                "heldBackBy",
                "exam.alerts, partition 2",
                "ageMillis",
                age.toMillis(),
                "staleAfterMillis",
                1_000_000,
                "parts",
                List.of(),
                "topics",
                List.of(),
                "consumers",
                List.of()));
    json(page, "failure-places?*", () -> Map.of("places", places));
    json(page, "minutes", () -> Map.of("minutes", minutes));
    json(page, "scores", () -> Map.of("scores", scores));
    json(page, "thresholds", () -> Map.of("thresholds", many(thresholds, this::threshold)));
    json(page, "threshold-changes?*", () -> Map.of("changes", many(30, RecordedAnswers::change)));
    page.route("**/v1/live", route -> fulfil(route, "text/event-stream", alertsAsEvents()));
    page.routeWebSocket("**/v1/patrols/**", this::begin);
  }

  /** Alerts as alert-service sends them, a second between each and the next, which is newer. */
  void alert(int from, int to, double latitude) {
    for (int i = from; i < to; i++) {
      String frame =
          text(Map.of("type", "alert", "cursor", "c" + i, "alert", alertOf(i, to - i, latitude)));
      socket.send(frame);
    }
  }

  /** The first claim of an alert, as all units hear of it. */
  void claimed(String alertId, String unitId) {
    claim("claimed", alertId, unitId, 1, Map.of("cursor", "c"));
  }

  /**
   * What becomes of a claim; the answer to the unit that asked has no cursor among {@code more}.
   */
  void claim(String type, String alertId, String unitId, int number, Map<String, ?> more) {
    Map<String, Object> frame = new HashMap<>(more);
    frame.put("type", type);
    frame.put("alertId", alertId);
    frame.put("unitId", unitId);
    frame.put("claimNumber", number);
    frame.put("claimedAt", Instant.now().toString());
    socket.send(text(frame));
  }

  private void begin(WebSocketRoute route) {
    route.onMessage(
        frame -> {
          if (!frame.text().contains("\"ack\"")) {
            sent.add(frame.text());
          }
        });
    socket = route;
    route.send("{\"type\":\"hello\",\"cursor\":\"MA\",\"window\":256,\"heartbeatMillis\":30000}");
  }

  private static void json(Page page, String end, Answer answer) {
    page.route("**/v1/**/" + end, route -> fulfil(route, "application/json", text(answer.get())));
    page.route("**/v1/" + end, route -> fulfil(route, "application/json", text(answer.get())));
  }

  private interface Answer {
    Object get();
  }

  /** alert-service is another origin. */
  private static void fulfil(Route route, String type, String body) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setHeaders(Map.of("Content-Type", type, "Access-Control-Allow-Origin", "*"))
            .setBody(body));
  }

  private String asOf() {
    return Instant.now().minus(age).toString();
  }

  private Map<String, Object> rates(int exercises) {
    return Map.of(
        "asOf",
        asOf(),
        "passMark",
        50,
        "others",
        Map.of("exercises", 0, "n", 0, "failures", 0),
        "exercises",
        many(
            exercises,
            i -> {
              double rate = (i + 1.0) / (exercises + 1);
              Map<String, Object> figures = new HashMap<>();
              figures.put("exerciseId", exercise(i));
              figures.put("n", 100 + i);
              figures.put("failures", 50 + i % 7);
              figures.put("successRate", rate);
              figures.put("low", rate * 0.9);
              figures.put("high", rate);
              figures.put("mean", 100 * rate);
              figures.put("standardDeviation", 12);
              figures.put("notPassed", 10);
              figures.put("students", 40);
              figures.put("thresholdChange", thresholdChange);
              return figures;
            }));
  }

  private static Object place(int i) {
    return Map.of(
        "cell",
        "cell-" + i,
        "latitude",
        43 + i % 70 / 10.0,
        "longitude",
        i % 60 / 10.0,
        "n",
        300,
        "failures",
        200 - i);
  }

  private Object threshold(int i) {
    return Map.of("exerciseId", exercise(i), "threshold", 40, "version", 1);
  }

  private static Object change(int i) {
    return Map.of(
        "id",
        30 - i,
        "at",
        Instant.now().toString(),
        "who",
        exercise(i % NAMES.size()),
        "exerciseId",
        exercise(i),
        "version",
        1,
        "threshold",
        40);
  }

  private static Object alertOf(int i, int secondsAgo, double latitude) {
    String at = Instant.now().minus(Duration.ofSeconds(secondsAgo)).toString();
    return Map.ofEntries(
        Map.entry("id", "alert-" + i),
        Map.entry("eventId", "event-" + i),
        Map.entry("studentId", exercise(i)),
        Map.entry("exerciseId", exercise(i)),
        Map.entry("score", 12.5),
        Map.entry("threshold", 40),
        Map.entry("latitude", latitude),
        Map.entry("longitude", 2.3522),
        Map.entry("occurredAt", at),
        Map.entry("raisedAt", at));
  }

  private static String alertsAsEvents() {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      events.append("event: alert\ndata: %s\n\n".formatted(text(alertOf(i, 60 - i, 48.85))));
    }
    return events.toString();
  }

  private static List<Object> many(int count, IntFunction<Object> one) {
    return IntStream.range(0, count).mapToObj(one).toList();
  }

  private static String text(Object answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
