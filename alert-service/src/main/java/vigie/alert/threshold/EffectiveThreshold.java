// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import java.util.Optional;

/**
 * What is known of the threshold that counts for an exercise now.
 *
 * @param threshold the one to compare with; nothing while it cannot be known which change lasts
 * @param harmlessFrom from this score on no change that may last raises an alert
 */
public record EffectiveThreshold(Optional<Threshold> threshold, double harmlessFrom) {

  /** Nothing is known but that something was changed. */
  static final EffectiveThreshold OPEN =
      new EffectiveThreshold(Optional.empty(), Double.POSITIVE_INFINITY);

  public static EffectiveThreshold of(Threshold threshold) {
    return new EffectiveThreshold(Optional.of(threshold), threshold.value().orElse(0));
  }

  /**
   * One of two, by a note of what was there before that has the version it was noted with.
   *
   * @param pending what is stored, which may last or not
   */
  static EffectiveThreshold either(Threshold pending, Threshold before) {
    return pending.version() == before.version()
        ? new EffectiveThreshold(
            Optional.empty(), Math.max(pending.value().orElse(0), before.value().orElse(0)))
        : OPEN;
  }

  /** Whether a result with this score can be judged now. */
  public boolean decides(double score) {
    return threshold.isPresent() || score >= harmlessFrom;
  }
}
