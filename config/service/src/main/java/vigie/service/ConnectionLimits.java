// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What connections at the public port may do before anything is known of who they are. */
@ConfigMapping(prefix = "vigie.connections")
interface ConnectionLimits {

  /** The most connections; those beyond are closed at once. Default 16,384. */
  @WithDefault("16384")
  int max();

  /**
   * The most of one address that are not WebSockets; those beyond are closed at once. This machine
   * has no such limit. Default 4096.
   */
  @WithDefault("4096")
  int perAddress();

  /** How long a request's line and headers may take to arrive. Default 10 s. */
  @WithDefault("10s")
  Duration headTimeout();

  /**
   * How long a connection that owes a request, or the rest of one, may send nothing. It is closed
   * before twice this time has passed. Default 60 s.
   */
  @WithDefault("60s")
  Duration idleTimeout();
}
