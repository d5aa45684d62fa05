// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads what a recorded event says of itself. */
final class RecordedEvent {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedEvent() {}

  /**
   * The event of one line.
   *
   * @throws IllegalArgumentException when {@code json} is no JSON
   */
  static Event of(Event.Kind kind, String json) {
    try {
      JsonNode event = JSON.readTree(json);
      return new Event(kind, event.path("studentId").asText(), json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON event: " + json, e);
    }
  }
}
