// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

/** A promise that a history shows to be broken. */
record Violation(String promise, String detail) {

  @Override
  public String toString() {
    return promise + ": " + detail;
  }
}
