// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Who may send events. The issuer and its keys are the framework's {@code mp.jwt.verify}. */
@ConfigMapping(prefix = "vigie.access")
interface AccessConfig {

  /** Whether laptops need tokens, or all is open. Default tokens. */
  @WithParentName
  @WithDefault("tokens")
  Mode mode();

  /** Verified tokens that are remembered; beyond, some are verified again. Default 50,000. */
  @WithDefault("50000")
  int remembered();

  /** Whether tokens are asked for. */
  enum Mode {
    TOKENS,
    /** Everybody may send everybody's events. */
    OPEN
  }
}
