// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

/** A bean with a loop, whose life is watched. */
public interface Looping {

  LoopThread loop();
}
