// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import java.util.UUID;

/** A frame that a unit sends. */
public sealed interface ClientFrame {

  /** It has dealt with everything up to {@code cursor}. */
  record Ack(Position cursor) implements ClientFrame {}

  /** It wants to answer the alert that came with {@code cursor}. */
  record Claim(UUID alertId, Position cursor) implements ClientFrame {}

  /**
   * It gives its claim of that number back, of the alert that came with {@code cursor}. By the
   * number a repetition leaves the claims after it alone.
   */
  record Release(UUID alertId, Position cursor, int claimNumber) implements ClientFrame {}

  /** What came of the alert that it claimed, in its own words. */
  record Resolve(UUID alertId, String outcome) implements ClientFrame {}
}
