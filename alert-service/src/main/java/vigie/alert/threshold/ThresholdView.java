// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A threshold as clients see it. */
@RegisterForReflection
record ThresholdView(String exerciseId, double threshold, long version) {

  static ThresholdView of(String exerciseId, Threshold threshold) {
    return new ThresholdView(exerciseId, threshold.value().getAsDouble(), threshold.version());
  }

  /** All thresholds. */
  @RegisterForReflection
  record Listing(List<ThresholdView> thresholds) {}
}
