// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import java.util.Optional;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.Position;

/**
 * Where a unit goes on.
 *
 * @param from the position to read on from
 * @param known what lies behind that and needs not be sent again
 */
record ResumePoint(Position from, Optional<AcknowledgedPosition> known) {

  static ResumePoint at(Position position) {
    return new ResumePoint(position, Optional.empty());
  }

  boolean isKnown(LogEntry entry) {
    return known.isPresent() && known.get().holds(entry);
  }
}
