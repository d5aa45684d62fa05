// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The table's own record of how far each Kafka partition is archived. It is kept in the table's
 * properties: unlike a snapshot's summary, they survive compaction and the expiry of snapshots.
 */
final class ArchivedOffsets {

  private static final String NEXT = "vigie.offset.";
  private static final String FIRST = "vigie.first-offset.";

  private ArchivedOffsets() {}

  /** The property with the first offset that the table does not hold. */
  static String next(int partition) {
    return NEXT + partition;
  }

  /** The property with the first offset that the table was ever meant to hold. */
  static String first(int partition) {
    return FIRST + partition;
  }

  static OptionalLong nextIn(Map<String, String> properties, int partition) {
    String next = properties.get(next(partition));
    return next == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(next));
  }
}
