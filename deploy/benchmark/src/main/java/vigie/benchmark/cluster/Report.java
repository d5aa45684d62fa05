// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import vigie.command.MarkdownTable;

/** What is printed of all forms together, one row or some for each. */
record Report(
    MarkdownTable sizes, MarkdownTable loads, MarkdownTable work, MarkdownTable readings) {

  static Report empty() {
    return new Report(Census.table(), Measurement.table(), Work.table(), Reading.table());
  }

  @Override
  public String toString() {
    return "%s%n%s%n%s%n%s".formatted(sizes, loads, work, readings);
  }
}
