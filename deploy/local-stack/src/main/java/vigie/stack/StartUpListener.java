// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.time.Duration;

/** Hears what becomes of each part while a stack starts; called by several threads. */
public interface StartUpListener {

  /** A listener that ignores every call. */
  StartUpListener SILENT =
      new StartUpListener() {
        @Override
        public void ready(String part, Duration after) {}

        @Override
        public void waiting(String part, Duration since, String obstacle) {}

        @Override
        public void failed(String part, Duration after, String reason) {}
      };

  void ready(String part, Duration after);

  /** Called again and again while a part is slow; {@code obstacle} is what it waits for. */
  void waiting(String part, Duration since, String obstacle);

  void failed(String part, Duration after, String reason);
}
