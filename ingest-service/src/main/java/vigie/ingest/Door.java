// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Finds out who sends a request. */
@Singleton
final class Door {

  private static final Logger LOG = Logger.getLogger(Door.class);
  private static final String KEYS = "mp.jwt.verify.publickey.location";

  private final boolean open;
  private final Optional<String> keys;
  private final Tokens tokens;

  Door(AccessConfig config, @ConfigProperty(name = KEYS) Optional<String> keys, Tokens tokens) {
    this.open = config.mode() == AccessConfig.Mode.OPEN;
    this.keys = keys;
    this.tokens = tokens;
  }

  /** A service that could let nobody in would be of no use, so it does not start. */
  void check(@Observes StartupEvent start) {
    if (open) {
      LOG.warn("vigie.access is open: everybody may send everybody's events");
    } else if (keys.isEmpty()) {
      throw new IllegalStateException(
          KEYS + " must say where the keys of the issuer are, or vigie.access must be open");
    }
  }

  /** Fails with a {@link RefusedException}. */
  Future<Sender> sender(RoutingContext context) {
    return open ? Future.succeededFuture(Sender.ANYBODY) : tokens.sender(context);
  }
}
