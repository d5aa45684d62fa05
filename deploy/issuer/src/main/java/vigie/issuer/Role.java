// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import vigie.access.Roles;

/** What the bearer of a token is; {@link Roles} tells what each may do. */
public enum Role {
  LAPTOP(Roles.LAPTOP),
  PATROL(Roles.PATROL),
  STAFF(Roles.STAFF),
  ADMIN(Roles.ADMIN),
  SERVICE(Roles.SERVICE);

  private final String group;

  Role(String group) {
    this.group = group;
  }

  /** The word in the claim {@code groups}. */
  public String group() {
    return group;
  }
}
