// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ingest-service said of a batch.
 *
 * @param rejected the codes of the events that it will never take, by their index in the batch
 * @param ids under which the others are stored
 */
record Answer(
    int status, Map<Integer, String> rejected, List<String> ids, Optional<Duration> retryAfter) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> response) {
    Map<Integer, String> rejected = new HashMap<>();
    List<String> ids = new ArrayList<>();
    try {
      JsonNode body = JSON.readTree(response.body());
      for (JsonNode event : body.path("rejected")) {
        rejected.put(event.get("index").asInt(), event.path("code").asText());
      }
      for (JsonNode id : body.path("ids")) {
        if (id.isTextual()) {
          ids.add(id.asText());
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "%d with a body that is no JSON: %s".formatted(response.statusCode(), response.body()),
          e);
    }
    return new Answer(
        response.statusCode(),
        rejected,
        ids,
        response
            .headers()
            .firstValue("Retry-After")
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
  }

  /** Kafka holds every event of the batch that is not {@link #rejected}. */
  boolean isAccepted() {
    return status == 202;
  }

  /** The same batch may be taken later. */
  boolean isWorthRetrying() {
    return status == 429 || status == 503;
  }
}
