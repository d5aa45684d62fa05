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
  private static final String ISSUER = "mp.jwt.verify.issuer";
  private static final String AUDIENCES = "mp.jwt.verify.audiences";

  private final boolean open;
  private final Optional<String> issuer;
  private final Optional<String> audiences;

  Access(
      AccessConfig config,
      @ConfigProperty(name = ISSUER) Optional<String> issuer,
      @ConfigProperty(name = AUDIENCES) Optional<String> audiences) {
    this.open = config.mode() == AccessConfig.Mode.OPEN;
    this.issuer = issuer;
    this.audiences = audiences;
  }

  /** Without these, tokens that the issuer made for other services would count. */
  void check(@Observes StartupEvent start) {
    if (open) {
      LOG.warn("vigie.access=open: every client may do everything without a token");
    } else if (issuer.isEmpty() || audiences.isEmpty()) {
      throw new IllegalStateException(
          ISSUER + " and " + AUDIENCES + " have to name whose tokens count");
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
