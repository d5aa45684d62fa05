// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.time.Duration;
import vigie.service.ClockStepListener;

/** A bean with a loop, whose life is watched. */
public interface LoopOwner extends ClockStepListener {

  SupervisedLoop loop();

  /** The clients of the next session measure time by the new clock. */
  @Override
  default void clockSteppedBack(Duration step) {
    loop().restartSession();
  }
}
