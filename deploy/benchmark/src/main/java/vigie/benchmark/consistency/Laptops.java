// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vigie.benchmark.Dice;
import vigie.events.EventId;

/** Send results in batches, and note what was accepted. */
final class Laptops {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int STUDENTS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI results;
  private final Recorder recorder;

  Laptops(Service ingest, Recorder recorder) {
    this.results = URI.create(ingest.url("/v1/results"));
    this.recorder = recorder;
  }

  /** Sends results of random students and exercises, each below every threshold. */
  void send(int count, List<String> exercises, Dice dice) throws InterruptedException {
    List<UUID> ids = Stream.generate(() -> id(dice)).limit(count).toList();
    List<String> taken = ids.stream().map(id -> dice.oneOf(exercises)).toList();
    List<String> students = ids.stream().map(id -> "s-" + dice.below(STUDENTS)).toList();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < count; i++) {
      body.append(line(ids.get(i), taken.get(i), students.get(i), dice)).append('\n');
    }
    HttpRequest request =
        HttpRequest.newBuilder(results)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    Instant sentAt = Instant.now();
    long sent = System.nanoTime();
    boolean accepted = isAccepted(request);
    recorder.events(
        Stream.iterate(0, i -> i < count, i -> i + 1)
            .map(
                i ->
                    new Event(
                        EventId.of(students.get(i), ids.get(i)),
                        taken.get(i),
                        sent,
                        sentAt,
                        accepted))
            .collect(Collectors.toList()));
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

  private static UUID id(Dice dice) {
    return new UUID((dice.seed() & ~0xF000L) | 0x4000L, (dice.seed() >>> 2) | (0b10L << 62));
  }

  private static String line(UUID id, String exercise, String student, Dice dice) {
    return """
    {"id":"%s","timestamp":"%s","studentId":"%s","exerciseId":"%s","score":0,\
    "latitude":%.4f,"longitude":%.4f}\
    """
        .formatted(id, Instant.now(), student, exercise, dice.between(43, 49), dice.between(0, 6));
  }
}
