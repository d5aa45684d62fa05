// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import vigie.alert.claim.Claim;

/** The text frames of {@code vigie.patrol.v1}. */
@Singleton
public class FrameCodec {

  public static final String ALERT = "alert";

  private static final int LONGEST_OUTCOME = 200;

  private final ObjectMapper json;

  public FrameCodec(ObjectMapper json) {
    this.json = json;
  }

  public static String hello(Position position, int window, Duration heartbeat) {
    return """
    {"type":"hello","cursor":"%s","window":%d,"heartbeatMillis":%d}\
    """
        .formatted(position.cursor(), window, heartbeat.toMillis());
  }

  /** For units whose software hides pings, and for those that are sent nothing else. */
  public static String heartbeat(Position position) {
    return """
    {"type":"heartbeat","cursor":"%s"}\
    """
        .formatted(position.cursor());
  }

  public static String entry(Position position, LogEntry entry) {
    return "{\"type\":\""
        + entry.type()
        + "\",\"cursor\":\""
        + position.cursor()
        + "\","
        + entry.members().text()
        + "}";
  }

  /** The type of the frame that tells of {@code claim}. */
  public static String typeOf(Claim claim) {
    if (claim.isReleased()) {
      return "released";
    }
    return claim.resolution().isPresent() ? "resolved" : "claimed";
  }

  /** The answer to the unit that made {@code claim}; without a cursor, since it is no entry. */
  public String claim(Claim claim) {
    return "{\"type\":\"" + typeOf(claim) + "\"," + members(ClaimView.of(claim)) + "}";
  }

  public String error(ErrorView problem) {
    return text(problem);
  }

  /** The members of an entry that tells of {@code alert}. */
  public String members(AlertView alert) {
    return "\"alert\":" + text(alert);
  }

  /** The members of an entry that tells of {@code claim}. */
  public String members(ClaimView claim) {
    String object = text(claim);
    return object.substring(1, object.length() - 1);
  }

  /** The alert that {@code entry} tells of. */
  public AlertView alert(LogEntry entry) {
    try {
      return json.treeToValue(
          json.readTree("{" + entry.members().text() + "}").get("alert"), AlertView.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An alert in memory cannot be read", e);
    }
  }

  public ClientFrame parse(String text) throws MalformedFrameException {
    JsonNode frame = tree(text);
    return switch (frame.path("type").asText()) {
      case "ack" -> new ClientFrame.Ack(cursor(frame));
      case "claim" -> new ClientFrame.Claim(alertId(frame), cursor(frame));
      case "release" -> new ClientFrame.Release(alertId(frame), cursor(frame), claimNumber(frame));
      case "resolve" -> new ClientFrame.Resolve(alertId(frame), outcome(frame));
      default -> throw new MalformedFrameException("unknown-type", "There is no such frame");
    };
  }

  private static Position cursor(JsonNode frame) throws MalformedFrameException {
    return Position.parse(frame.path("cursor").asText("!"));
  }

  private static UUID alertId(JsonNode frame) throws MalformedFrameException {
    try {
      return UUID.fromString(frame.path("alertId").asText());
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("bad-alert-id", "alertId is the id of an alert");
    }
  }

  private static int claimNumber(JsonNode frame) throws MalformedFrameException {
    JsonNode number = frame.path("claimNumber");
    if (!number.isInt() || number.intValue() < 1) {
      throw new MalformedFrameException(
          "bad-claim-number", "claimNumber is that of the claim, from 1");
    }
    return number.intValue();
  }

  private static String outcome(JsonNode frame) throws MalformedFrameException {
    String outcome = frame.path("outcome").asText();
    if (outcome.isBlank() || outcome.length() > LONGEST_OUTCOME) {
      throw new MalformedFrameException(
          "bad-outcome", "outcome is a text of 1 to %d characters".formatted(LONGEST_OUTCOME));
    }
    return outcome;
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

  private String text(Object view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("%s has no JSON form".formatted(view), e);
    }
  }
}
