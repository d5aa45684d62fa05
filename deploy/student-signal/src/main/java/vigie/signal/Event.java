// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

/**
 * One event as a laptop sends it.
 *
 * @param student its studentId
 * @param json one line, without the line's end
 */
record Event(Kind kind, String student, String json) {

  /** Which of ingest-service's two resources takes it. */
  enum Kind {
    RESULTS("/v1/results"),
    ACTIVITY("/v1/activity");

    private final String path;

    Kind(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }
}
