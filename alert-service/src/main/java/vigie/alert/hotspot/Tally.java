// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** How many distinct failures there are in several steps together, and of how many students. */
record Tally(int failures, int students) {

  static Tally of(Collection<byte[]> steps) {
    Set<UUID> alerts = new HashSet<>();
    Set<UUID> students = new HashSet<>();
    for (byte[] failures : steps) {
      ByteBuffer bytes = ByteBuffer.wrap(failures);
      while (bytes.hasRemaining()) {
        alerts.add(new UUID(bytes.getLong(), bytes.getLong()));
        students.add(new UUID(bytes.getLong(), bytes.getLong()));
      }
    }
    return new Tally(alerts.size(), students.size());
  }
}
