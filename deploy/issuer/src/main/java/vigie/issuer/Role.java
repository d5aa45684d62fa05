// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.util.Optional;
import vigie.access.Roles;
import vigie.events.Identifier;

/** What the bearer of a token is; {@link Roles} tells what each may do. */
public enum Role {
  LAPTOP(Roles.LAPTOP, Optional.of(Identifier.STUDENT)),
  PATROL(Roles.PATROL, Optional.of(Identifier.UNIT)),
  STAFF(Roles.STAFF, Optional.empty()),
  ADMIN(Roles.ADMIN, Optional.empty()),
  SERVICE(Roles.SERVICE, Optional.empty());

  private final String group;
  private final Optional<Identifier> subject;

  Role(String group, Optional<Identifier> subject) {
    this.group = group;
    this.subject = subject;
  }

  /** The word in the claim {@code groups}. */
  public String group() {
    return group;
  }

  /** What the subject of its tokens names; empty for people and components. */
  Optional<Identifier> subject() {
    return subject;
  }
}
