// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import vigie.stack.process.Http;
import vigie.stack.process.ManagedProcess;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.WorkingCopy;

/** The starting thresholds of {@code config/thresholds.csv}, given to the alert-service. */
record ThresholdSeed(List<Threshold> all) {

  private static final String HEADER = "exerciseId,threshold";

  /** Set now, or set before: the seed never overwrites a threshold that a user changed. */
  private static final Set<Integer> DONE = Set.of(200, 201, 204, 412);

  record Threshold(String exerciseId, String value) {}

  static ThresholdSeed read() {
    Path file = WorkingCopy.config("thresholds.csv");
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
        throw new StackException(file + " must begin with the line " + HEADER);
      }
      return new ThresholdSeed(
          lines.stream()
              .skip(1)
              .filter(line -> !line.isBlank())
              .map(ThresholdSeed::parse)
              .toList());
    } catch (IOException e) {
      throw new StackException("The thresholds cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Sets those that are not set, one after the other, repeating what could not be confirmed.
   *
   * @param token of an admin
   */
  void seed(String alertService, String token, ManagedProcess part) {
    Deque<Threshold> open = new ArrayDeque<>(all);
    part.process()
        .await(
            () -> {
              while (!open.isEmpty()) {
                set(alertService, token, open.peek());
                open.remove();
              }
              return true;
            });
  }

  /**
   * Sets those that are not set.
   *
   * @param token of an admin
   * @throws IOException at the first one that is not confirmed
   */
  void set(String alertService, String token) throws IOException, InterruptedException {
    for (Threshold threshold : all) {
      set(alertService, token, threshold);
    }
  }

  private static void set(String alertService, String token, Threshold threshold)
      throws IOException, InterruptedException {
    String name = URLEncoder.encode(threshold.exerciseId(), UTF_8).replace("+", "%20");
    String url = alertService + "/v1/thresholds/" + name;
    HttpRequest.Builder request =
        Http.request(url)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .header("If-None-Match", "*")
            .PUT(BodyPublishers.ofString("{\"threshold\":" + threshold.value() + "}"));
    HttpResponse<String> response = Http.send(request);
    if (!DONE.contains(response.statusCode())) {
      throw new IOException(
          "PUT " + url + " answers " + response.statusCode() + " " + response.body());
    }
  }

  private static Threshold parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != 2) {
      throw new StackException(
          "config/thresholds.csv has a line that is not " + HEADER + ": " + line);
    }
    return new Threshold(fields[0], fields[1]);
  }
}
