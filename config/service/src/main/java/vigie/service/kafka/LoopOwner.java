// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.time.Duration;
import java.util.List;
import vigie.service.ClockStepListener;

/** A bean with loops, whose life {@link LoopLiveness} watches. */
public interface LoopOwner extends ClockStepListener {

  List<SupervisedLoop> loops();

  /** The clients of the next session measure time by the new clock. */
  @Override
  default void clockSteppedBack(Duration step) {
    loops().forEach(SupervisedLoop::restartSession);
  }
}
