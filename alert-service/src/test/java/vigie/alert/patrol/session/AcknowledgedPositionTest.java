// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.alert.patrol.protocol.Area;
import vigie.alert.patrol.protocol.LazyJson;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Position;

class AcknowledgedPositionTest {

  private static final AcknowledgedPosition ACKNOWLEDGED =
      new AcknowledgedPosition(Position.of(3, 4), new Area(45.5, 4.5, 46, 5));

  @Test
  void aBookmarkIsReadAsItWasWritten() throws MalformedFrameException {
    assertEquals(ACKNOWLEDGED, AcknowledgedPosition.parse(ACKNOWLEDGED.text()));
  }

  @Test
  void aCursorFromBeforeAreasWereKeptIsOfEverywhere() throws MalformedFrameException {
    Position position = Position.of(3, 4);
    assertEquals(
        new AcknowledgedPosition(position, Area.EVERYWHERE),
        AcknowledgedPosition.parse(position.cursor()));
  }

  @Test
  void aBookmarkHoldsWhatLiesBeforeItInItsArea() {
    assertTrue(ACKNOWLEDGED.holds(entry(2, 45.7)));
    assertFalse(ACKNOWLEDGED.holds(entry(3, 45.7)));
    assertFalse(ACKNOWLEDGED.holds(entry(2, 46.1)));
  }

  private static LogEntry entry(long offset, double latitude) {
    return new LogEntry(
        0,
        offset,
        Instant.EPOCH,
        new UUID(0, 1),
        latitude,
        4.8,
        false,
        "alert",
        new LazyJson(() -> ""));
  }
}
