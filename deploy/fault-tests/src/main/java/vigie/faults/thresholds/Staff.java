// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.history.Change;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Condition;
import vigie.faults.thresholds.history.Reading;
import vigie.faults.thresholds.history.TimeRange;
import vigie.faults.thresholds.history.Value;

/** Read and change thresholds through any of the instances, and note what they are told. */
public final class Staff {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final int LOWEST_VALUE = 20;
  private static final int VALUES = 60;
  private static final double FRACTION = 1 << 20;
  private static final int MAX_ATTEMPTS = 3;

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 412;
  private static final int UNAVAILABLE = 503;

  private static final Pattern AT_VERSION = Pattern.compile("is at version (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> instances;
  private final KnownThresholds knowledge;
  private final Recorder recorder;
  private final AtomicInteger values = new AtomicInteger();

  /**
   * @param instances the URL of each
   */
  public Staff(List<String> instances, KnownThresholds knowledge, Recorder recorder) {
    this.instances = instances;
    this.knowledge = knowledge;
    this.recorder = recorder;
  }

  /** Sets a threshold, whatever it was. */
  public Change set(String exercise, SeededRandom random) throws InterruptedException {
    return change(exercise, newValue(random), Condition.ANY, random);
  }

  /** Sets a threshold that must not exist. */
  public Change create(String exercise, SeededRandom random) throws InterruptedException {
    return change(exercise, newValue(random), Condition.ABSENT, random);
  }

  /** Replaces the version that staff know, and asks again while the answer is indeterminate. */
  public Change replace(String exercise, SeededRandom random) throws InterruptedException {
    Value value = newValue(random);
    Condition condition = known(exercise);
    Change change = change(exercise, value, condition, random);
    for (int i = 1; i < MAX_ATTEMPTS && change.outcome() == Outcome.INDETERMINATE; i++) {
      change = change(exercise, value, condition, random);
    }
    return change;
  }

  /** Deletes a threshold, whatever it was or as staff know it. */
  public Change delete(String exercise, SeededRandom random) throws InterruptedException {
    return change(
        exercise, Value.NONE, random.below(2) == 0 ? Condition.ANY : known(exercise), random);
  }

  /** Sets thresholds by a sheet; some lines name the version that staff know. */
  public List<Change> load(List<String> exercises, SeededRandom random)
      throws InterruptedException {
    Map<String, Value> wanted = new HashMap<>();
    Map<String, Condition> conditions = new HashMap<>();
    exercises.forEach(
        exercise -> {
          wanted.put(exercise, newValue(random));
          conditions.put(exercise, random.below(3) == 0 ? known(exercise) : Condition.ANY);
        });
    String sheet =
        exercises.stream()
            .map(one -> sheetLine(one, wanted.get(one), conditions.get(one)))
            .collect(Collectors.joining("", "exerciseId,threshold,version\n", ""));
    HttpRequest request =
        request("/v1/thresholds", random)
            .header("Content-Type", "text/csv")
            .PUT(BodyPublishers.ofString(sheet))
            .build();
    long sent = TimeRange.now();
    Map<String, Told> told = new HashMap<>();
    Told forAll = sheetAnswer(request, told);
    TimeRange span = new TimeRange(sent, TimeRange.now());
    List<Change> changes = new ArrayList<>();
    for (String exercise : exercises) {
      Told own = told.getOrDefault(exercise, forAll);
      changes.add(noted(exercise, wanted.get(exercise), conditions.get(exercise), own, span));
    }
    return changes;
  }

  /** Looks at one threshold. */
  public void read(String exercise, SeededRandom random) throws InterruptedException {
    long sent = TimeRange.now();
    Optional<HttpResponse<String>> answer =
        answer(request("/v1/thresholds/" + exercise, random).GET().build());
    TimeRange span = new TimeRange(sent, TimeRange.now());
    if (answer.isEmpty()) {
      return;
    }
    switch (answer.get().statusCode()) {
      case OK -> shown(JsonParser.parseString(answer.get().body()).getAsJsonObject(), span);
      case NOT_FOUND -> recorder.reading(Reading.absent(exercise, span));
      default -> mustBeUnavailable(answer.get());
    }
  }

  /** Looks at all thresholds; those of {@code exercises} that are not listed are absent. */
  public void list(List<String> exercises, SeededRandom random) throws InterruptedException {
    long sent = TimeRange.now();
    Optional<HttpResponse<String>> answer = answer(request("/v1/thresholds", random).GET().build());
    TimeRange span = new TimeRange(sent, TimeRange.now());
    if (answer.isEmpty()) {
      return;
    }
    if (answer.get().statusCode() != OK) {
      mustBeUnavailable(answer.get());
      return;
    }
    JsonObject listing = JsonParser.parseString(answer.get().body()).getAsJsonObject();
    List<String> absent = new ArrayList<>(exercises);
    for (JsonElement one : listing.getAsJsonArray("thresholds")) {
      if (absent.remove(one.getAsJsonObject().get("exerciseId").getAsString())) {
        shown(one.getAsJsonObject(), span);
      }
    }
    if (listing.has("unsettled")) {
      listing.getAsJsonArray("unsettled").forEach(one -> absent.remove(one.getAsString()));
    }
    absent.forEach(exercise -> recorder.reading(Reading.absent(exercise, span)));
  }

  private void shown(JsonObject threshold, TimeRange span) {
    Reading reading =
        new Reading(
            threshold.get("exerciseId").getAsString(),
            threshold.get("version").getAsLong(),
            new Value(threshold.get("threshold").getAsDouble()),
            span);
    knowledge.told(reading.exercise(), reading.version(), reading.value());
    recorder.reading(reading);
  }

  /** What a client was told of a change. */
  private record Told(Outcome outcome, long version) {

    private static final Told REFUSED = new Told(Outcome.REFUSED, 0);
    private static final Told INDETERMINATE = new Told(Outcome.INDETERMINATE, 0);
  }

  private Change change(String exercise, Value value, Condition condition, SeededRandom random)
      throws InterruptedException {
    HttpRequest.Builder request = request("/v1/thresholds/" + exercise, random);
    if (condition.isOnVersion()) {
      request.header("If-Match", "\"%d\"".formatted(condition.version()));
    } else if (condition.equals(Condition.ABSENT)) {
      request.header("If-None-Match", "*");
    }
    if (value.isThreshold()) {
      request
          .header("Content-Type", "application/json")
          .PUT(BodyPublishers.ofString("{\"threshold\":%s}".formatted(value)));
    } else {
      request.DELETE();
    }
    long sent = TimeRange.now();
    Told told = changeAnswer(request.build());
    return noted(exercise, value, condition, told, new TimeRange(sent, TimeRange.now()));
  }

  private Change noted(
      String exercise, Value value, Condition condition, Told told, TimeRange span) {
    Change change = new Change(exercise, value, condition, told.outcome(), told.version(), span);
    if (change.isAcknowledged()) {
      knowledge.told(exercise, change.version(), value);
    }
    recorder.change(change);
    return change;
  }

  private Told changeAnswer(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case OK, NO_CONTENT -> new Told(Outcome.ACKNOWLEDGED, version(response));
        case NOT_FOUND -> new Told(Outcome.NOT_FOUND, 0);
        case CONFLICT -> new Told(Outcome.CONFLICT, atVersion(response.body()));
        case UNAVAILABLE -> unavailable(response.body());
        default -> throw unexpected(response);
      };
    } catch (ConnectException e) {
      // No instance was there to take the change.
      return Told.REFUSED;
    } catch (IOException e) {
      // The instance was killed, frozen or too slow: the change may have happened.
      return Told.INDETERMINATE;
    }
  }

  /** Any other code says that nothing was changed. */
  private static Told unavailable(String answer) {
    return answer.contains("\"indeterminate\"") ? Told.INDETERMINATE : Told.REFUSED;
  }

  /** Fills in what was told of each exercise; answers what is true of the others. */
  private Told sheetAnswer(HttpRequest request, Map<String, Told> told)
      throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() == UNAVAILABLE) {
        return unavailable(response.body());
      }
      if (response.statusCode() != OK) {
        throw unexpected(response);
      }
      JsonObject report = JsonParser.parseString(response.body()).getAsJsonObject();
      for (JsonElement each : report.getAsJsonArray("lines")) {
        JsonObject line = each.getAsJsonObject();
        told.put(
            line.get("exerciseId").getAsString(),
            switch (line.get("status").getAsInt()) {
              case OK -> new Told(Outcome.ACKNOWLEDGED, line.get("version").getAsLong());
              case CONFLICT ->
                  new Told(Outcome.CONFLICT, atVersion(line.get("detail").getAsString()));
              case UNAVAILABLE -> unavailable(line.toString());
              default -> throw unexpected(response);
            });
      }
      return Told.REFUSED;
    } catch (ConnectException e) {
      return Told.REFUSED;
    } catch (IOException e) {
      return Told.INDETERMINATE;
    }
  }

  /** Nothing where no answer came. */
  private Optional<HttpResponse<String>> answer(HttpRequest request) throws InterruptedException {
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private HttpRequest.Builder request(String path, SeededRandom random) {
    return HttpRequest.newBuilder(URI.create(random.oneOf(instances) + path)).timeout(TIMEOUT);
  }

  private Condition known(String exercise) {
    long version = knowledge.of(exercise).version();
    return version == 0 ? Condition.ANY : new Condition(version);
  }

  /** A value for which no change asked before. */
  private Value newValue(SeededRandom random) {
    return new Value(LOWEST_VALUE + random.below(VALUES) + values.incrementAndGet() / FRACTION);
  }

  private static String sheetLine(String exercise, Value value, Condition condition) {
    return "%s,%s,%s%n"
        .formatted(exercise, value, condition.isOnVersion() ? condition.version() : "");
  }

  private static long version(HttpResponse<String> response) {
    String etag = response.headers().firstValue("ETag").orElseThrow();
    return Long.parseLong(etag.replace("\"", ""));
  }

  private static long atVersion(String text) {
    Matcher version = AT_VERSION.matcher(text);
    if (!version.find()) {
      throw new IllegalStateException("A conflict names no version: " + text);
    }
    return Long.parseLong(version.group(1));
  }

  private static void mustBeUnavailable(HttpResponse<String> response) {
    if (response.statusCode() != UNAVAILABLE) {
      throw unexpected(response);
    }
  }

  private static IllegalStateException unexpected(HttpResponse<String> response) {
    return new IllegalStateException(
        "%s was answered %d: %s"
            .formatted(response.request(), response.statusCode(), response.body()));
  }
}
