// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import vigie.benchmark.Dice;
import vigie.benchmark.consistency.Put.Outcome;

/** Change thresholds through any of the instances, and note what they are told. */
final class Staff {

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Service> instances;
  private final Recorder recorder;
  private final AtomicInteger changes = new AtomicInteger();

  Staff(List<Service> instances, Recorder recorder) {
    this.instances = instances;
    this.recorder = recorder;
  }

  /** Sets a threshold of which no value was ever asked for before. */
  Put change(String exercise, Dice dice) throws InterruptedException {
    double value = 1 + changes.incrementAndGet() / 1024.0;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(dice.oneOf(instances).url("/v1/thresholds/" + exercise)))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"threshold\":%s}".formatted(value)))
            .build();
    long sent = System.nanoTime();
    Answer answer = answerTo(request);
    Put put = new Put(exercise, value, answer.outcome(), answer.version(), sent, System.nanoTime());
    recorder.put(put);
    return put;
  }

  private record Answer(Outcome outcome, long version) {}

  private Answer answerTo(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        String etag = response.headers().firstValue("ETag").orElseThrow();
        return new Answer(Outcome.ACKNOWLEDGED, Long.parseLong(etag.replace("\"", "")));
      }
      return response.body().contains("\"indeterminate\"")
          ? new Answer(Outcome.INDETERMINATE, 0)
          : refused(response);
    } catch (ConnectException e) {
      // Nobody was there to ask.
      return new Answer(Outcome.REFUSED, 0);
    } catch (IOException e) {
      // The instance was killed, frozen or too slow: the change may have happened.
      return new Answer(Outcome.INDETERMINATE, 0);
    }
  }

  private static Answer refused(HttpResponse<String> response) {
    if (response.statusCode() != 503) {
      throw new IllegalStateException("A change was answered by " + response.body());
    }
    return new Answer(Outcome.REFUSED, 0);
  }
}
