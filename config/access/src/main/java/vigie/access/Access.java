// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Whether anybody has to say who it is; where all is open, what roles resources name is nothing.
 */
@Alternative
@Priority(Interceptor.Priority.LIBRARY_AFTER)
@Singleton
public class Access extends AuthorizationController {

  private static final Logger LOG = Logger.getLogger(Access.class);
  private static final String KEYS = "mp.jwt.verify.publickey.location";

  private final boolean open;
  private final Optional<String> keys;

  Access(AccessConfig config, @ConfigProperty(name = KEYS) Optional<String> keys) {
    this.open = config.mode() == AccessConfig.Mode.OPEN;
    this.keys = keys;
  }

  /** Without keys, the service could accept no client, so it does not start. */
  void check(@Observes StartupEvent start) {
    if (open) {
      LOG.warn("vigie.access=open: everybody may do everything, without a token");
    } else if (keys.isEmpty()) {
      throw new IllegalStateException(
          KEYS + " has to say where the issuer's keys are; or vigie.access=open lets everybody in");
    }
  }

  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isAuthorizationEnabled() {
    return !open;
  }
}
