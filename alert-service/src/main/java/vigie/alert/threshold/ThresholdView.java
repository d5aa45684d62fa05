// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** A threshold as clients see it. */
@RegisterForReflection
record ThresholdView(String exerciseId, double threshold, long version) {

  static ThresholdView of(String exerciseId, Threshold threshold) {
    return new ThresholdView(exerciseId, threshold.value().getAsDouble(), threshold.version());
  }

  /**
   * All thresholds.
   *
   * @param unsettled exercises for which the service cannot know now which of two changes will last
   */
  @RegisterForReflection
  record Listing(
      List<ThresholdView> thresholds,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unsettled) {

    static Listing of(SortedMap<String, EffectiveThreshold> all) {
      List<ThresholdView> known = new ArrayList<>();
      List<String> unsettled = new ArrayList<>();
      all.forEach(
          (exercise, standing) ->
              standing
                  .threshold()
                  .ifPresentOrElse(
                      threshold -> known.add(ThresholdView.of(exercise, threshold)),
                      () -> unsettled.add(exercise)));
      return new Listing(known, unsettled);
    }
  }
}
