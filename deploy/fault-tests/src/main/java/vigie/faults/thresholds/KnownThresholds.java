// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.history.Value;

/**
 * The newest version of each exercise that staff were told of: for conditions, and for scores on
 * both sides of a change. Safe for use by several threads.
 */
public final class KnownThresholds {

  private static final double LOWEST = 0;
  private static final double HIGHEST = 100;
  private static final double CLOSE = 1 / 1024.0;

  private final Map<String, Known> all = new ConcurrentHashMap<>();

  /**
   * A version, and the value of the version that was known before.
   *
   * @param version 0 when nothing is known
   */
  record Known(long version, Value value, Value before) {

    private static final Known NOTHING = new Known(0, Value.NONE, Value.NONE);

    private Known with(long newer, Value other) {
      return newer > version ? new Known(newer, other, value) : this;
    }
  }

  void told(String exercise, long version, Value value) {
    all.merge(
        exercise, Known.NOTHING.with(version, value), (known, one) -> known.with(version, value));
  }

  Known of(String exercise) {
    return all.getOrDefault(exercise, Known.NOTHING);
  }

  /** Below all thresholds, above all, between the old one and the new one, or next to one. */
  double score(String exercise, SeededRandom random) {
    List<Double> values =
        List.of(of(exercise).value(), of(exercise).before()).stream()
            .filter(Value::isThreshold)
            .map(Value::percent)
            .toList();
    if (values.isEmpty() || random.below(4) == 0) {
      return random.oneOf(List.of(LOWEST, HIGHEST));
    }
    double near = random.oneOf(values);
    double between = values.stream().mapToDouble(value -> value).average().getAsDouble();
    return random.oneOf(List.of(near - CLOSE, near, near + CLOSE, between, between));
  }
}
