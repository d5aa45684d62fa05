// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

/** A stretch of time, both ends inclusive, in milliseconds. */
record TimeRange(long first, long last) {

  /** The shortest one that holds this one and the other. */
  TimeRange and(TimeRange other) {
    return new TimeRange(Math.min(first, other.first), Math.max(last, other.last));
  }
}
