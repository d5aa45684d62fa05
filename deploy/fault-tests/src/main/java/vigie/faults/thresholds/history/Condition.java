// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

/**
 * What a change asks of the threshold that it replaces.
 *
 * @param version the version that must be there
 */
public record Condition(long version) {

  public static final Condition ANY = new Condition(-1);

  /** There must be no threshold. */
  public static final Condition ABSENT = new Condition(0);

  public boolean isOnVersion() {
    return version > 0;
  }
}
