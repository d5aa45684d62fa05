// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import vigie.alert.patrol.protocol.Area;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Position;

/**
 * What a unit has dealt with: everything of {@code area} before {@code position}. Kept in Redis as
 * the cursor and the area's corners; a cursor without corners is of everywhere.
 */
record AcknowledgedPosition(Position position, Area area) {

  /**
   * @throws MalformedFrameException when {@code text} is not what {@link #text} gives
   */
  static AcknowledgedPosition parse(String text) throws MalformedFrameException {
    int end = text.indexOf(' ');
    return end < 0
        ? new AcknowledgedPosition(Position.parse(text), Area.EVERYWHERE)
        : new AcknowledgedPosition(
            Position.parse(text.substring(0, end)), Area.parse(text.substring(end + 1)));
  }

  String text() {
    return position.cursor() + ' ' + area.text();
  }

  /** Whether the unit has dealt with {@code entry}, whichever other units it concerned. */
  boolean holds(LogEntry entry) {
    return entry.offset() < position.offset(entry.lane())
        && area.contains(entry.latitude(), entry.longitude());
  }
}
