// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Who may come in. The issuer and its keys are the framework's {@code mp.jwt.verify}. */
@ConfigMapping(prefix = "vigie.access")
interface AccessConfig {

  /** Whether tokens are asked for, or all is open. Default tokens. */
  @WithParentName
  @WithDefault("tokens")
  Mode mode();

  /** Whether tokens are asked for. */
  enum Mode {
    TOKENS,
    /** Any client may do everything, and the service checks no token; for benchmarks and trials. */
    OPEN
  }
}
