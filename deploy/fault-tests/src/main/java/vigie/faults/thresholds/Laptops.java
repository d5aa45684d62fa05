// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.history.Event;
import vigie.faults.thresholds.history.Event.Kind;
import vigie.faults.thresholds.history.TimeRange;

/** Send results in batches, and note what was accepted. */
public final class Laptops {

  /** After 10 s ingest-service answers that Kafka did not. */
  private static final Duration TIMEOUT = Duration.ofSeconds(12);

  private static final double LOWEST_SCORE = 0;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI results;
  private final Students students;
  private final String settled;
  private final KnownThresholds knowledge;
  private final Recorder recorder;

  /**
   * @param ingest the URL of an ingest-service
   * @param settled the exercise that never changes, whose threshold is above the lowest score
   */
  public Laptops(
      String ingest,
      Students students,
      String settled,
      KnownThresholds knowledge,
      Recorder recorder) {
    this.results = URI.create(ingest + "/v1/results");
    this.students = students;
    this.settled = settled;
    this.knowledge = knowledge;
    this.recorder = recorder;
  }

  private record Line(String student, String exercise, double score, Kind kind) {}

  /**
   * Students try random exercises of these, with scores on both sides of what staff know. Each then
   * fails the settled exercise: by that alert both results were judged. Whether all were accepted.
   */
  public boolean tryOut(int count, List<String> exercises, SeededRandom random)
      throws InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String student = students.next();
      String exercise = random.oneOf(exercises);
      lines.add(new Line(student, exercise, knowledge.score(exercise, random), Kind.TRIAL));
      lines.add(new Line(student, settled, LOWEST_SCORE, Kind.WITNESS));
    }
    return send(lines, random);
  }

  /**
   * Students fail the settled exercise, in a partition in which no result has to wait; whether they
   * were accepted.
   */
  public boolean failSettled(int count, SeededRandom random) throws InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(new Line(students.nextOfSettledPartition(), settled, LOWEST_SCORE, Kind.SETTLED));
    }
    return send(lines, random);
  }

  private boolean send(List<Line> lines, SeededRandom random) throws InterruptedException {
    String body =
        lines.stream().map(line -> json(line, random)).collect(Collectors.joining("\n", "", "\n"));
    HttpRequest request =
        HttpRequest.newBuilder(results)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(body))
            .build();
    long sent = TimeRange.now();
    boolean accepted = isAccepted(request);
    TimeRange span = new TimeRange(sent, TimeRange.now());
    recorder.events(
        lines.stream()
            .map(
                line ->
                    new Event(
                        line.student(), line.exercise(), line.score(), span, accepted, line.kind()))
            .toList());
    return accepted;
  }

  private boolean isAccepted(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 202 && !response.body().contains("\"rejected\":[]")) {
        throw new IllegalStateException("Good results were refused: " + response.body());
      }
      return response.statusCode() == 202;
    } catch (IOException e) {
      return false;
    }
  }

  private static String json(Line line, SeededRandom random) {
    return """
    {"timestamp":"%s","studentId":"%s","exerciseId":"%s","score":%s,\
    "latitude":%.4f,"longitude":%.4f}\
    """
        .formatted(
            Instant.now(),
            line.student(),
            line.exercise(),
            line.score(),
            random.between(43, 49),
            random.between(0, 6));
  }
}
