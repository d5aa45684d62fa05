// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who sends the current request. */
@Singleton
public class Visitor {

  private static final String NOBODY_KNOWN = "unknown";

  private final SecurityIdentity current;

  /**
   * @param current stands for that of each request
   */
  Visitor(SecurityIdentity current) {
    this.current = current;
  }

  /** The subject of the token; {@code unknown} where all is open and none was sent. */
  public String name() {
    return current.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
        ? token.getSubject()
        : NOBODY_KNOWN;
  }
}
