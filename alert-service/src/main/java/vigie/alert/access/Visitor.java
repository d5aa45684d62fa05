// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Access;

/** Who sends the current request. */
@Singleton
public class Visitor {

  private static final String NOBODY_KNOWN = "unknown";

  private final Access access;
  private final SecurityIdentity current;

  /**
   * @param current stands for that of each request
   */
  Visitor(Access access, SecurityIdentity current) {
    this.access = access;
    this.current = current;
  }

  /** The subject of the token; {@code unknown} where all is open. */
  public String name() {
    return !access.isOpen()
            && current.getPrincipal() instanceof JsonWebToken token
            && token.getSubject() != null
        ? token.getSubject()
        : NOBODY_KNOWN;
  }
}
