// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import java.util.List;

/**
 * What came out of one run.
 *
 * @param acknowledged results since the processes were first started
 */
record Result(Fault fault, long seed, int acknowledged, List<String> problems, long nanos) {

  private static final int SHOWN = 3;

  @Override
  public String toString() {
    StringBuilder line =
        new StringBuilder(
            "%-16s seed %-11d %,9d acknowledged, %4.1f s"
                .formatted(fault, seed, acknowledged, nanos / 1e9));
    if (!problems.isEmpty()) {
      line.append(", %d PROBLEMS".formatted(problems.size()));
      problems.stream().limit(SHOWN).forEach(one -> line.append("\n  ").append(one));
    }
    return line.toString();
  }
}
