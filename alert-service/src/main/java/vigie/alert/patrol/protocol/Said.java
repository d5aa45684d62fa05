// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import java.util.UUID;

/** What a unit says. */
public sealed interface Said {

  /** It has dealt with everything up to {@code cursor}. */
  record Ack(Position cursor) implements Said {}

  /** It wants to answer the alert that came with {@code cursor}. */
  record Claim(UUID alertId, Position cursor) implements Said {}

  /** What came of the alert that it claimed, in its own words. */
  record Resolve(UUID alertId, String outcome) implements Said {}
}
