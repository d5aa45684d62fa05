// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of an exercise's threshold: the version of the last change and, unless that change
 * was a deletion, the value. A deleted threshold keeps its version, so that versions never go back.
 *
 * @param version 0 for an exercise that never had a threshold
 * @param value percent, 0..100
 */
public record Threshold(long version, OptionalDouble value) {

  static final Threshold NEVER_SET = new Threshold(0, OptionalDouble.empty());

  static final String DELETED = "-";

  /** At the end of what Redis keeps once every server was seen to hold it. */
  static final String HELD_BY_ALL = " held";

  private static final Pattern STORED = Pattern.compile("(\\d+) (\\S+?)(?:" + HELD_BY_ALL + ")?");

  /** Whether a score fails the exercise; nothing fails an exercise without a threshold. */
  public boolean isAbove(double score) {
    return value.isPresent() && score < value.getAsDouble();
  }

  /** The form in which Redis keeps {@code value}. */
  static String stored(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : DELETED;
  }

  /** Reads version and value from the one Redis string that holds both. */
  static Threshold parse(String stored) {
    if (stored == null) {
      return NEVER_SET;
    }
    Matcher parts = STORED.matcher(stored);
    if (!parts.matches()) {
      throw new IllegalStateException("Redis holds '%s' as a threshold".formatted(stored));
    }
    OptionalDouble value =
        parts.group(2).equals(DELETED)
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(parts.group(2)));
    return new Threshold(Long.parseLong(parts.group(1)), value);
  }
}
