// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.time.Duration;

/** Hears what becomes of each part while a stack starts; called by several threads. */
public interface Progress {

  /** Nobody listens. */
  Progress SILENT =
      new Progress() {
        @Override
        public void ready(String part, Duration after) {}

        @Override
        public void failed(String part, Duration after) {}
      };

  void ready(String part, Duration after);

  void failed(String part, Duration after);
}
