// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import java.time.Duration;

/** A bean that renews what measures time by the wall clock, such as Kafka's clients. */
@FunctionalInterface
public interface ClockStepListener {

  /**
   * The wall clock was set back. Called on the thread of the {@link WallClockMonitor}.
   *
   * @param step how far
   */
  void clockSteppedBack(Duration step);
}
