// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** How many distinct failures there were in a time, and of how many students. */
record WindowCount(int failures, int students) {

  /**
   * @param failures of one place, as the store keeps them; those from other times do not count
   * @param from the beginning of the time, inclusive, in milliseconds
   * @param to its end, exclusive
   */
  static WindowCount of(byte[] failures, long from, long to) {
    List<Long> students = new ArrayList<>();
    FailureSet.forEach(
        failures,
        (student, occurred) -> {
          if (occurred >= from && occurred < to) {
            students.add(student);
          }
        });
    return new WindowCount(students.size(), new HashSet<>(students).size());
  }
}
