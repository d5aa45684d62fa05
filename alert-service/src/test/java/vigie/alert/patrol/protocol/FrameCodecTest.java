// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCodecTest {

  private static final UUID ALERT = new UUID(0, 1);

  private final FrameCodec frames = new FrameCodec(new ObjectMapper());

  @Test
  void anAcknowledgementNamesItsPosition() throws MalformedFrameException {
    Position position = Position.of(3, 4);
    String ack = "{\"type\":\"ack\",\"cursor\":\"%s\"}".formatted(position.cursor());
    assertEquals(new ClientFrame.Ack(position), frames.parse(ack));
  }

  @Test
  void aClaimNamesTheAlertAndTheCursorItCameWith() throws MalformedFrameException {
    String claim =
        "{\"type\":\"claim\",\"alertId\":\"%s\",\"cursor\":\"%s\"}"
            .formatted(ALERT, Position.of(3, 4).cursor());
    assertEquals(new ClientFrame.Claim(ALERT, Position.of(3, 4)), frames.parse(claim));
  }

  @Test
  void aReleaseNamesTheAlertItsCursorAndTheNumberOfTheClaim() throws MalformedFrameException {
    String release =
        "{\"type\":\"release\",\"alertId\":\"%s\",\"cursor\":\"%s\",\"claimNumber\":2}"
            .formatted(ALERT, Position.of(3, 4).cursor());
    assertEquals(new ClientFrame.Release(ALERT, Position.of(3, 4), 2), frames.parse(release));
    for (String wrong : List.of("0", "1.5", "\"2\"", "null", "2147483648")) {
      assertCode("bad-claim-number", release.replace(":2}", ":" + wrong + "}"));
    }
  }

  @Test
  void aResolutionSaysWhatCameOfIt() throws MalformedFrameException {
    String resolve =
        "{\"type\":\"resolve\",\"alertId\":\"%s\",\"outcome\":\"helped\"}".formatted(ALERT);
    assertEquals(new ClientFrame.Resolve(ALERT, "helped"), frames.parse(resolve));
    assertCode("bad-outcome", resolve.replace("helped", " "));
    assertCode("bad-outcome", resolve.replace("helped", "x".repeat(201)));
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
        "{\"type\":\"claim\",\"alertId\":\"x\",\"cursor\":\"MA\"} | bad-alert-id",
        "{\"type\":\"claim\",\"alertId\":\"00000000-0000-0000-0000-000000000001\"} | bad-cursor",
        "{\"type\":\"resolve\"} | bad-alert-id",
      })
  void everyOtherFrameIsAnsweredWithItsCode(String text, String code) {
    assertCode(code, text);
  }

  @Test
  void anAlertFrameIsJson() throws Exception {
    LazyJson members = new LazyJson(() -> "\"alert\":{\"score\":1}");
    LogEntry alert =
        new LogEntry(0, 1, Instant.EPOCH, ALERT, 45, 4, false, FrameCodec.ALERT, members);
    var frame = new ObjectMapper().readTree(FrameCodec.entry(Position.of(2), alert));
    assertEquals("alert", frame.get("type").asText());
    assertEquals(Position.of(2), Position.parse(frame.get("cursor").asText()));
    assertEquals(1, frame.get("alert").get("score").asInt());
  }

  private void assertCode(String code, String text) {
    assertEquals(
        code, assertThrows(MalformedFrameException.class, () -> frames.parse(text)).code());
  }
}
