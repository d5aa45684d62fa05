// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import vigie.benchmark.Table;

/** What is printed of all forms together, one row or some for each. */
record Report(Table sizes, Table loads, Table work, Table readings) {

  static Report empty() {
    return new Report(Census.table(), Measurement.table(), Work.table(), Reading.table());
  }

  @Override
  public String toString() {
    return "%s%n%s%n%s%n%s".formatted(sizes, loads, work, readings);
  }
}
