// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

/**
 * One change of a threshold as whoever asked for it saw it. No two changes of one exercise have the
 * same value, so that a value tells its change.
 *
 * @param version what an acknowledgement said; 0 without one
 * @param sent before the first byte of the request, ns of this process's monotonic clock
 * @param answered when the answer had been read, or none had come, same clock
 */
record Put(String exercise, double value, Outcome outcome, long version, long sent, long answered) {

  enum Outcome {
    /** It holds from now on. */
    ACKNOWLEDGED,
    /** It may have happened, or may still, or not. */
    INDETERMINATE,
    /** It did not happen and never will. */
    REFUSED
  }

  boolean isAcknowledged() {
    return outcome == Outcome.ACKNOWLEDGED;
  }
}
