// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import java.util.List;
import java.util.Set;

/**
 * Which reports their instance did not send: those that were due at two looks in a row. The ids of
 * a stream tell when they were given, but by the clock of a Redis that may have been ahead, and
 * then all later ones are ahead, too. For one thread.
 */
final class OverdueReports {

  private Set<String> last = Set.of();

  /** Those of {@code due} that were due at the last look, too. */
  List<String> of(Set<String> due) {
    List<String> left = due.stream().filter(last::contains).toList();
    last = Set.copyOf(due);
    return left;
  }
}
