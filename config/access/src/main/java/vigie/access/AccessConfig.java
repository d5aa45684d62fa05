// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Who may come in. The issuer and its keys are the framework's {@code mp.jwt.verify}. */
@ConfigMapping(prefix = "vigie.access")
interface AccessConfig {

  /** Whether tokens are asked for, or all is open. Default tokens. */
  @WithParentName
  @WithDefault("tokens")
  Mode mode();

  /** Interval between readings of the issuer's keys. Default 20 s. */
  @WithDefault("20s")
  Duration keysInterval();

  /** How long keys outlast an outage of the issuer. Default 24 h. */
  @WithDefault("24h")
  Duration keysKept();

  /** A PEM file that replaces Java's trusted certificates. Default none. */
  Optional<Path> keysCertificates();

  /** The longest life of a token. Default 24 h. */
  @WithDefault("24h")
  Duration longestLife();

  /** The required header {@code typ}, such as at+jwt. Default any. */
  Optional<String> tokenType();

  /** Whether tokens are asked for. */
  enum Mode {
    TOKENS,
    /** Any client may do everything, and the service checks no token; for benchmarks and trials. */
    OPEN
  }
}
