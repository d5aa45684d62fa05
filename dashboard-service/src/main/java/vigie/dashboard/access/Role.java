// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.access;

/** Those words in a token's claim {@code groups} that open something here. */
public final class Role {

  /** Sees everything. */
  public static final String STAFF = "staff";

  /** Sees everything, and changes thresholds, in alert-service. */
  public static final String ADMIN = "admin";

  private Role() {}
}
