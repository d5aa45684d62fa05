// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

/**
 * A threshold as it was shown to staff, alone or in a listing.
 *
 * @param version 0 when no threshold was shown
 * @param value none when no threshold was shown
 */
public record Reading(String exercise, long version, Value value, TimeRange span) {

  public static Reading absent(String exercise, TimeRange span) {
    return new Reading(exercise, 0, Value.NONE, span);
  }
}
