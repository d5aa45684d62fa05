// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The events of one request.
 *
 * @param due when the request is to leave by the clock; its latency counts from here, so that a
 *     slow server cannot hide its slowness by slowing the sender down
 */
record Batch(Event.Kind kind, List<Event> events, Instant due) {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  HttpRequest request(URI server, Tokens tokens) {
    boolean single = events.size() == 1;
    String body =
        single
            ? events.get(0).json()
            : events.stream().map(Event::json).collect(Collectors.joining("\n"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(kind.path()))
            .timeout(ANSWER_WITHIN)
            .header("Prefer", "return=representation")
            .header("Content-Type", single ? "application/json" : "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    tokens
        .of(events.get(0).student())
        .ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request.build();
  }
}
