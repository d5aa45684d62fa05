// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

  private final Frames frames = new Frames(new ObjectMapper());

  @Test
  void anAcknowledgementNamesItsPosition() throws MalformedFrameException {
    Position position = Position.of(3, 4);
    String ack = "{\"type\":\"ack\",\"cursor\":\"%s\"}".formatted(position.cursor());
    assertEquals(position, frames.parse(ack).cursor());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | malformed-frame",
        "[] | malformed-frame",
        "{ | malformed-frame",
        "{} | unknown-type",
        "{\"type\":7} | unknown-type",
        "{\"type\":\"ack\"} | bad-cursor",
        "{\"type\":\"ack\",\"cursor\":7} | bad-cursor",
        "{\"type\":\"claim\",\"alertId\":\"x\"} | not-supported-yet",
        "{\"type\":\"resolve\",\"alertId\":\"x\"} | not-supported-yet",
      })
  void everyOtherFrameIsAnsweredWithItsCode(String text, String code) {
    assertEquals(
        code, assertThrows(MalformedFrameException.class, () -> frames.parse(text)).code());
  }

  @Test
  void anAlertFrameIsJson() throws Exception {
    LoggedAlert alert = new LoggedAlert(0, 1, Instant.EPOCH, 45, 4, "{\"score\":1}");
    var frame = new ObjectMapper().readTree(Frames.alert(Position.of(2), alert));
    assertEquals("alert", frame.get("type").asText());
    assertEquals(Position.of(2), Position.parse(frame.get("cursor").asText()));
    assertEquals(1, frame.get("alert").get("score").asInt());
  }
}
