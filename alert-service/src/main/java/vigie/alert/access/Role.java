// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.access;

/** The words in a token's claim {@code groups}. */
public final class Role {

  /** A patrol unit. */
  public static final String PATROL = "patrol";

  /** Sees the thresholds. */
  public static final String STAFF = "staff";

  /** Sees and changes them. */
  public static final String ADMIN = "admin";

  private Role() {}
}
