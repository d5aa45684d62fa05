// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.util.List;

/**
 * An exercise of the exam.
 *
 * @param difficulty on the scale of {@link Student#skill()}: a student of equal skill does half of
 *     it
 */
record Exercise(String id, double difficulty) {

  static List<Exercise> all() {
    return CsvResource.read("exercises.csv", f -> new Exercise(f[0], Double.parseDouble(f[1])));
  }
}
