// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;
import vigie.service.kafka.LoopOwner;

/** For tests only, see {@link DeliberateFault#ERRORS_IN_LOOPS}. */
@Startup
@Singleton
class LoopFaults {

  /** All loops have begun their work by then; their turns take a quarter of a second. */
  private static final int TURNS = 40;

  LoopFaults(AlertConfig config, Instance<LoopOwner> owners) {
    if (DeliberateFault.ERRORS_IN_LOOPS.isOn(config)) {
      owners.forEach(owner -> owner.loops().forEach(loop -> loop.failAfter(TURNS)));
    }
  }
}
