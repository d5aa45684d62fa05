// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/** The text frames of {@code vigie.patrol.v1}. */
@Singleton
class Frames {

  /** What a unit says: it has dealt with everything up to {@code cursor}. */
  record Ack(Position cursor) {}

  private final ObjectMapper json;

  Frames(ObjectMapper json) {
    this.json = json;
  }

  static String hello(Position position, int window) {
    return """
    {"type":"hello","cursor":"%s","window":%d}"""
        .formatted(position.cursor(), window);
  }

  static String alert(Position position, LoggedAlert alert) {
    return "{\"type\":\"alert\",\"cursor\":\""
        + position.cursor()
        + "\",\"alert\":"
        + alert.json()
        + "}";
  }

  String error(MalformedFrameException problem) {
    return json.createObjectNode()
        .put("type", "error")
        .put("code", problem.code())
        .put("detail", problem.getMessage())
        .toString();
  }

  /** Reads a unit's frame, of which there is one kind so far. */
  Ack parse(String text) throws MalformedFrameException {
    JsonNode frame = tree(text);
    String type = frame.path("type").asText();
    return switch (type) {
      case "ack" -> new Ack(Position.parse(frame.path("cursor").asText("!")));
      case "claim", "resolve" ->
          throw new MalformedFrameException(
              "not-supported-yet", "This version has no " + type + " frame yet");
      default -> throw new MalformedFrameException("unknown-type", "There is no such frame");
    };
  }

  private JsonNode tree(String text) throws MalformedFrameException {
    try {
      JsonNode frame = json.readTree(text);
      if (frame.isObject()) {
        return frame;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedFrameException("malformed-frame", e.getOriginalMessage());
    }
    throw new MalformedFrameException("malformed-frame", "A frame is a JSON object");
  }
}
