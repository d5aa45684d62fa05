// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

/** A stretch of time, both ends inclusive, in milliseconds. */
record Span(long first, long last) {

  /** The shortest one that holds this one and the other. */
  Span and(Span other) {
    return new Span(Math.min(first, other.first), Math.max(last, other.last));
  }
}
