// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import vigie.events.Hotspot;

/** A place where an exercise failed so often within a window that alert-service points at it. */
@RegisterForReflection
record FeedHotspot(
    String exerciseId,
    String cell,
    double latitude,
    double longitude,
    Instant windowStart,
    Instant windowEnd,
    long failures,
    long students) {

  static FeedHotspot of(Hotspot hotspot) {
    return new FeedHotspot(
        hotspot.getExerciseId(),
        hotspot.getCell(),
        hotspot.getLatitude(),
        hotspot.getLongitude(),
        hotspot.getWindowStart(),
        hotspot.getWindowEnd(),
        hotspot.getFailures(),
        hotspot.getStudents());
  }
}
