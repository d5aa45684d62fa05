// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

/** The words in a token's claim {@code groups}. */
public final class Roles {

  /** A student's laptop, which sends that student's events; its subject is the studentId. */
  public static final String LAPTOP = "laptop";

  /** A patrol unit, which gets alerts; its subject is the unitId. */
  public static final String PATROL = "patrol";

  /** A member of staff, who may see everything. */
  public static final String STAFF = "staff";

  /** An administrator, who may see everything and change the thresholds. */
  public static final String ADMIN = "admin";

  /** A part of Vigie. */
  public static final String SERVICE = "service";

  private Roles() {}
}
