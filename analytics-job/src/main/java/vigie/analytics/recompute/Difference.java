// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What two sets of figures differ in: counts must be equal, sums to 1e-9 of their size. */
final class Difference {

  private static final double TOLERANCE = 1e-9;

  private Difference() {}

  /** One line for each key whose figures differ. */
  static List<String> between(FigureSet published, FigureSet recomputed) {
    Set<String> keys = new TreeSet<>(published.values().keySet());
    keys.addAll(recomputed.values().keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      List<Number> left = published.values().get(key);
      List<Number> right = recomputed.values().get(key);
      if (left == null) {
        lines.add(key + ": not published, recomputed " + describe(published.names(), right));
      } else if (right == null) {
        lines.add(key + ": not recomputed, published " + describe(published.names(), left));
      } else if (!IntStream.range(0, left.size()).allMatch(i -> equal(left.get(i), right.get(i)))) {
        lines.add(
            "%s: published %s, recomputed %s"
                .formatted(
                    key, describe(published.names(), left), describe(published.names(), right)));
      }
    }
    return lines;
  }

  static String describe(List<String> names, List<Number> values) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> names.get(i) + "=" + values.get(i))
        .collect(Collectors.joining(" "));
  }

  private static boolean equal(Number left, Number right) {
    if (left instanceof Long && right instanceof Long) {
      return left.equals(right);
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
}
