// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.util.Locale;

/** What the bearer of a token is. */
public enum Role {
  /** A student's laptop, which sends that student's events; its subject is the studentId. */
  LAPTOP,
  /** A patrol unit, which gets alerts; its subject is the unitId. */
  PATROL,
  /** Somebody who may see everything. */
  STAFF,
  /** Somebody who may see everything, and change the thresholds. */
  ADMIN,
  /** A part of Vigie. */
  SERVICE;

  /** The word in the claim {@code groups}. */
  public String group() {
    return name().toLowerCase(Locale.ROOT);
  }
}
