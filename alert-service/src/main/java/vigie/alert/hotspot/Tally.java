// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** How many distinct failures there were in a time, and of how many students. */
record Tally(int failures, int students) {

  /**
   * @param stretches failures as the store keeps them; those from other times do not count
   * @param from the beginning of the time, inclusive, in milliseconds
   * @param to its end, exclusive
   */
  static Tally of(List<byte[]> stretches, long from, long to) {
    Set<UUID> alerts = new HashSet<>();
    Set<UUID> students = new HashSet<>();
    for (byte[] stretch : stretches) {
      Failures.forEach(
          stretch,
          (alert, student, occurred) -> {
            if (occurred >= from && occurred < to) {
              alerts.add(alert);
              students.add(student);
            }
          });
    }
    return new Tally(alerts.size(), students.size());
  }
}
