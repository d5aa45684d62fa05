// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;

/** The id that a recorded event carries. */
final class EventId {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EventId() {}

  /**
   * The {@code id} of the event, or null when it has none and ingest-service is to derive it.
   *
   * @throws IllegalArgumentException when {@code json} is no JSON or its id is no UUID
   */
  static UUID in(String json) {
    try {
      JsonNode id = JSON.readTree(json).get("id");
      return id == null || id.isNull() ? null : UUID.fromString(id.asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON event: " + json, e);
    }
  }
}
