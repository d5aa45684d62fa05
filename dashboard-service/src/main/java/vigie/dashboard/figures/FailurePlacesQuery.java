// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.util.List;
import java.util.Set;
import vigie.dashboard.http.ProblemException;

/** Which places are asked for: at most {@code limit} cells of an H3 {@code resolution}. */
record FailurePlacesQuery(String exerciseId, int limit, int resolution) {

  private static final int MOST = 20_000;

  /**
   * How many cells are fetched: the least of these that is enough, so that few answers are kept.
   */
  private static final List<Integer> RUNGS = List.of(100, 1_000, MOST);

  /** Those that analytics-job counts by. */
  private static final Set<Integer> RESOLUTIONS = Set.of(3, 5, 7);

  static FailurePlacesQuery of(String exerciseId, String limit, String resolution) {
    int cells = number("limit", limit, "1 to " + MOST);
    if (cells < 1 || cells > MOST) {
      throw bad("limit", "1 to " + MOST);
    }
    int h3 = number("resolution", resolution, "3, 5 or 7");
    if (!RESOLUTIONS.contains(h3)) {
      throw bad("resolution", "3, 5 or 7");
    }
    return new FailurePlacesQuery(exerciseId, cells, h3);
  }

  /** The question whose answer begins with the answer to this one. */
  FailurePlacesQuery fetched() {
    int rung = RUNGS.stream().filter(cells -> cells >= limit).findFirst().orElse(MOST);
    return new FailurePlacesQuery(exerciseId, rung, resolution);
  }

  static int number(String name, String text, String allowed) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw bad(name, allowed);
    }
  }

  static ProblemException bad(String name, String allowed) {
    return ProblemException.badRequest(
        name + "-out-of-range", "The parameter %s must be %s".formatted(name, allowed));
  }
}
