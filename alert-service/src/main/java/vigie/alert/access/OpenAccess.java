// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gives everybody every role where all is open, and sees to it that nobody is shut out by error.
 */
@Singleton
class OpenAccess implements SecurityIdentityAugmentor {

  private static final Logger LOG = Logger.getLogger(OpenAccess.class);
  private static final String KEYS = "mp.jwt.verify.publickey.location";
  private static final Set<String> ALL = Set.of(Role.PATROL, Role.STAFF, Role.ADMIN);

  private final AccessConfig config;
  private final Optional<String> keys;

  OpenAccess(AccessConfig config, @ConfigProperty(name = KEYS) Optional<String> keys) {
    this.config = config;
    this.keys = keys;
  }

  /** A service that could let nobody in would be of no use, so it does not start. */
  void check(@Observes StartupEvent start) {
    if (config.isOpen()) {
      LOG.warn("vigie.access is open: everybody may change thresholds and be any patrol unit");
    } else if (keys.isEmpty()) {
      throw new IllegalStateException(
          KEYS + " must say where the keys of the issuer are, or vigie.access must be open");
    }
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    return Uni.createFrom()
        .item(
            config.isOpen()
                ? QuarkusSecurityIdentity.builder(identity).addRoles(ALL).build()
                : identity);
  }
}
