// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.net.URI;
import java.time.Duration;

/** Settings for one node of each system. */
record TestConfig(URI warehouse, Duration commitInterval) implements ArchiveConfig {

  @Override
  public short replication() {
    return 1;
  }

  @Override
  public Duration retryDelay() {
    return Duration.ofMillis(100);
  }
}
