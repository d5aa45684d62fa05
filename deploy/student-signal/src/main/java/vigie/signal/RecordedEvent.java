// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;

/** Reads what a recorded event says of itself. */
final class RecordedEvent {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedEvent() {}

  /**
   * The event of one line. It may lack an {@code id}, which ingest-service then derives.
   *
   * @throws IllegalArgumentException when {@code json} is no JSON or its id is no UUID
   */
  static Event of(Event.Kind kind, String json) {
    try {
      JsonNode event = JSON.readTree(json);
      JsonNode id = event.get("id");
      return new Event(
          kind,
          id == null || id.isNull() ? null : UUID.fromString(id.asText()),
          event.path("studentId").asText(),
          json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON event: " + json, e);
    }
  }
}
