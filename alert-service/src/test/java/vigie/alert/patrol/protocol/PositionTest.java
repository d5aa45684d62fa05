// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @Test
  void everyCursorIsReadAsItWasWritten() throws MalformedFrameException {
    Position position = Position.of(0, 12, 999_999_999_999_999_999L);
    assertEquals(position, Position.parse(position.cursor()));
    assertEquals(Position.EARLIEST, Position.parse(Position.EARLIEST.cursor()));
    assertEquals(Position.of(1, 2, 3, 4), Position.parse(cursor("1.3/2.4")));
  }

  @Test
  void aCursorFromBeforeThereWereReportsStillHoldsForAlerts() throws MalformedFrameException {
    Position old = Position.parse(cursor("5.6.7"));
    for (int partition = 0; partition < 3; partition++) {
      assertEquals(
          5 + partition, old.offset(new LogPartition(LogTopic.ALERTS, partition).number()));
      assertEquals(0, old.offset(new LogPartition(LogTopic.REPORTS, partition).number()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "MQ==MQ", "LTE", "MS4", "YWJj", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"})
  void whatIsNoCursorIsRefused(String cursor) {
    assertThrows(MalformedFrameException.class, () -> Position.parse(cursor));
  }

  /** As many lanes as a frame may name: they neither take much stack nor stay in memory. */
  @Test
  void aLongCursorCostsLittle() throws MalformedFrameException {
    assertThrows(
        MalformedFrameException.class, () -> Position.parse(cursor("1" + ".1".repeat(1500))));
    assertThrows(MalformedFrameException.class, () -> Position.parse(cursor(".1".repeat(1500))));
    assertEquals(1001 * 2 - 1, Position.parse(cursor("1" + ".1".repeat(1000))).lanes());
    assertEquals(1, Position.parse(cursor("1" + ".0".repeat(1000))).lanes());
    assertEquals(2, Position.parse(cursor("1/1" + ".0".repeat(1000))).lanes());
  }

  @Test
  void aLaneThatIsAtItsBeginningIsNotKept() {
    assertEquals(2, Position.of(1, 2, 0, 0).lanes());
    assertEquals(1, Position.of(1, 2).with(1, 0).lanes());
    assertEquals(1, Position.of(0, 0).lanes());
    assertEquals(Position.of(1), Position.of(1, 5).orBefore(Position.of(4)));
  }

  @Test
  void offsetsAreBounded() throws MalformedFrameException {
    assertEquals(Position.of(5, 7, 0, 4), Position.of(5, 7, 9, 4).only(Position.of(5, 7, 8, 4)));
    assertEquals(Position.of(5), Position.of(5, 7, 9, 4).only(Position.of(6)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1/", "/1", "1//1", "1/1/1", "1..1", "1.", ".1", "-1", "+1", "1a", "\u0661"})
  void whatIsNoListOfOffsetsIsRefused(String text) {
    assertThrows(MalformedFrameException.class, () -> Position.parse(cursor(text)));
  }

  @Test
  void aPositionCoversWhatIsNowhereAheadOfIt() {
    assertTrue(Position.of(2, 3).covers(Position.of(2, 3)));
    assertTrue(Position.of(2, 3).covers(Position.of(1, 3)));
    assertFalse(Position.of(2, 3).covers(Position.of(3, 1)));
    assertTrue(Position.of(2, 3).covers(Position.of(2)));
    assertFalse(Position.of(2).covers(Position.of(2, 3)));
  }

  @Test
  void anUnknownLaneIsAtItsBeginning() {
    assertEquals(0, Position.of(5).offset(3));
    assertEquals(Position.of(5, 0, 0, 7), Position.of(5).with(3, 7));
  }

  @Test
  void ofTwoPositionsTheEarlierOneCountsInEachLane() {
    assertEquals(Position.of(1, 2), Position.of(1, 5).orBefore(Position.of(4, 2)));
    assertEquals(Position.of(1), Position.of(1, 5).orBefore(Position.of(4)));
  }

  private static String cursor(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }
}
