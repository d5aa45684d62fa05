// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @Test
  void everyCursorIsReadAsItWasWritten() throws MalformedFrameException {
    Position position = Position.of(0, 12, 999_999_999_999_999_999L);
    assertEquals(position, Position.parse(position.cursor()));
    assertEquals(Position.EARLIEST, Position.parse(Position.EARLIEST.cursor()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "MQ==MQ", "LTE", "MS4", "YWJj", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"})
  void whatIsNoCursorIsRefused(String cursor) {
    assertThrows(MalformedFrameException.class, () -> Position.parse(cursor));
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
  void anUnknownPartitionIsAtItsBeginning() {
    assertEquals(0, Position.of(5).offset(3));
    assertEquals(Position.of(5, 0, 0, 7), Position.of(5).with(3, 7));
  }
}
